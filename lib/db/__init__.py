"""The door to the database: `acting_as` writes, `read` reads, nobody commits elsewhere."""

from lib.db.engine import acting_as
from lib.db.reading import Query
from lib.db.typed import read

__all__ = ["Query", "acting_as", "read"]
