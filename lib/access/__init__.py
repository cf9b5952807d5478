"""Who may do what: roles, permissions, the one table that joins them, and the person who acts."""

from lib.access.actor import Actor
from lib.access.grants import GRANTS, Permission, Role

__all__ = ["GRANTS", "Actor", "Permission", "Role"]
