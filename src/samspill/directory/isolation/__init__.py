"""Tenant isolation: the database keeps communities apart, whatever the application forgets.

`scope` says whose transaction this is; `policies` writes row-level security into migrations.
Why it is built so: docs/explanation/isolation.md.
"""

from samspill.directory.isolation.scope import current, scope

__all__ = ["current", "scope"]
