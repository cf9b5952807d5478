"""The person who acts: what a page, a query and a command know about who is in front of the screen."""

from dataclasses import dataclass

from lib.access.grants import GRANTS, Permission, Role
from lib.refusal import NotAllowed


@dataclass(frozen=True)
class Actor:
    """One signed-in person. `scope_id` is the site, counsellor or partner that the role is bound to."""

    account_id: int
    name: str
    role: Role
    scope_id: int | None = None
    language: str = "fr"

    def may(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role includes this permission."""
        if not self.may(permission):
            raise NotAllowed
