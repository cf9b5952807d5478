"""What can be read of the pilot as a whole."""

from lib.pilot.queries.imports import PastImport, past_imports
from lib.pilot.queries.places import Place, RegionOf, departments, regions

__all__ = ["PastImport", "Place", "RegionOf", "departments", "past_imports", "regions"]
