"""What can be done to the pilot as a whole."""

from lib.pilot.commands.imports import note_import

__all__ = ["note_import"]
