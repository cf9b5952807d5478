"""The first page after signing in: what needs doing, and where the pilot stands."""

from lib.access import Permission
from lib.ui import guard
from lib.ui.parts import home

actor = guard.require(Permission.VIEW_HOME)
home.welcome(actor)
