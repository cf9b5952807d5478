"""What can be read of the pilot as a whole."""

from lib.pilot.queries.imports import PastImport, past_imports
from lib.pilot.queries.places import PartnerOption, Place, RegionOf, departments, partners, regions
from lib.pilot.queries.plan import PlanRow, is_demo, main_wave_from, plan_in_force, plan_versions

__all__ = [
    "PartnerOption",
    "PastImport",
    "Place",
    "PlanRow",
    "RegionOf",
    "departments",
    "is_demo",
    "main_wave_from",
    "partners",
    "past_imports",
    "plan_in_force",
    "plan_versions",
    "regions",
]
