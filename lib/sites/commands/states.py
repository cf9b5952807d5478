"""Move a site from one state to the next, with its guards and its trace."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.db.changing import change_row
from lib.refusal import NotFound
from lib.sheets.text import clean
from lib.sites.models import Site, SiteEvent
from lib.sites.rules import SiteState, Step, check_effective, check_transition


@dataclass(frozen=True)
class MoveSite:
    """A change of state with its date of effect; a pause and a closure need their reason."""

    site_id: int
    version: int
    to_state: SiteState
    effective_on: date
    reason: str = ""


def move_site(db: Session, actor: Actor, command: MoveSite, today: date) -> None:
    """Write the new state and its event together; raises what stands in the way."""
    actor.require(Permission.EDIT_SITES)
    site = db.get(Site, command.site_id)
    if site is None:
        raise NotFound
    former = site.state
    if site.version == command.version:
        done = {step: getattr(site, step.value) for step in Step}
        check_transition(former, command.to_state, done, command.reason)
        last = db.scalar(select(func.max(SiteEvent.effective_on)).where(SiteEvent.site_id == site.id))
        check_effective(command.effective_on, last, today)
    change_row(db, Site, command.site_id, command.version, {"state": command.to_state})
    db.add(
        SiteEvent(
            site_id=command.site_id,
            from_state=former,
            to_state=command.to_state,
            effective_on=command.effective_on,
            account_id=actor.account_id,
            reason=clean(command.reason),
        )
    )
    db.flush()
