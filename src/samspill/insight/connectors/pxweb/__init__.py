"""Statistics offices with PxWeb: SSB, SCB and others. Version 2 of its API, and version 1."""

from samspill.insight.connectors.pxweb.v1 import PxWebV1
from samspill.insight.connectors.pxweb.v2 import Listed, PxWebV2

__all__ = ["Listed", "PxWebV1", "PxWebV2"]
