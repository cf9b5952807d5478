"""What can be done to the pilot as a whole."""

from lib.pilot.commands.imports import note_import
from lib.pilot.commands.plan import SetMainWave, SetPlan, set_main_wave, set_plan

__all__ = ["SetMainWave", "SetPlan", "note_import", "set_main_wave", "set_plan"]
