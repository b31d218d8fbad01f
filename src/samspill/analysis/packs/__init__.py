"""Data packs: a folder of open statistics, read and checked. The door to this package.

    open_pack(Path("data")) -> Pack;  Pack.history(codes), Pack.rates(), Pack.source

What a pack must hold is in `tables`; nothing is fetched from a network.
"""

from samspill.analysis.packs.opening import Municipality, Pack, open_pack
from samspill.analysis.packs.tables import TABLES, PackTable

__all__ = ["TABLES", "Municipality", "Pack", "PackTable", "open_pack"]
