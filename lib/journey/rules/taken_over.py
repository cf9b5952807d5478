"""From a status written in a spreadsheet to the path that leads there, step by step and legally."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lib.journey.rules.consents import Answer, ConsentKind
from lib.journey.rules.path import ReasonNotOfState, ReasonRequired, Step, check_step
from lib.journey.rules.reasons import REASONS, Reason
from lib.journey.rules.states import State
from lib.refusal import Refusal

TAKEN_OVER = "repris du tableur"
NOTE_UNKNOWN = "non précisée (repris du tableur)"
RECONTACT_AFTER = timedelta(days=14)

_TOLD = (State.SCREENING, State.ELIGIBLE, State.INFORMED)
PATHS: Mapping[State, tuple[State, ...]] = {
    State.IDENTIFIED: (),
    State.SCREENING: (State.SCREENING,),
    State.ELIGIBLE: (State.SCREENING, State.ELIGIBLE),
    State.INFORMED: _TOLD,
    State.CONSENTED: (*_TOLD, State.CONSENTED),
    State.DEFERRED: (State.SCREENING, State.ELIGIBLE, State.DEFERRED),
    State.NOT_APPROACHED: (State.NOT_APPROACHED,),
    State.DUPLICATE: (State.DUPLICATE,),
    State.INELIGIBLE: (State.SCREENING, State.INELIGIBLE),
    State.DECLINED: (*_TOLD, State.DECLINED),
    State.UNREACHABLE: (*_TOLD, State.UNREACHABLE),
    State.WITHDRAWN: (State.WITHDRAWN,),
    State.DECEASED: (State.DECEASED,),
}
"""The shortest legal path from `identified` to each state; the first step itself is left out."""

_ASSUMED: Mapping[State, Reason] = {
    State.DECLINED: Reason.UNDISCLOSED,
    State.WITHDRAWN: Reason.UNDISCLOSED,
    State.INELIGIBLE: Reason.OTHER,
}
"""The reason kept where the spreadsheet gives none."""


class InclusionDateMissing(Refusal):
    """An inclusion without its day cannot be counted."""

    text = "La date d'inclusion manque. Attendu : la date à laquelle la personne a donné son accord."


class InclusionBeforeReferral(Refusal):
    """The spreadsheet says that the end came before the beginning."""

    text = "La date d'inclusion ({included}) est avant celle de l'orientation ({referred}). Attendu : l'ordre inverse."


class InformedOutOfOrder(Refusal):
    """Information comes between orientation and inclusion."""

    text = (
        "La date d'information ({informed}) n'est pas entre l'orientation et l'inclusion. "
        "Attendu : une date entre les deux."
    )


class InclusionDateUnexpected(Refusal):
    """A date of inclusion on somebody who is not included: one of the two is wrong."""

    text = (
        "Il y a une date d'inclusion, mais le statut est « {state} ». "
        "Attendu : le statut « Inclusion », ou pas de date d'inclusion."
    )


class IncludedWithoutConsent(Refusal):
    """The bilan needs consent."""

    text = "Le statut est « Inclusion » sans accord pour le bilan. Attendu : « oui », ou un autre statut."


@dataclass(frozen=True)
class Told:
    """What a row of the spreadsheet says about a person's path."""

    state: State
    referred_on: date
    reason: Reason | None = None
    informed_on: date | None = None
    included_on: date | None = None
    consents: Mapping[ConsentKind, Answer] = field(default_factory=dict)

    @property
    def path(self) -> tuple[State, ...]:
        """Somebody who withdrew or died after their inclusion went through it."""
        if self.included_on is not None and self.state in (State.WITHDRAWN, State.DECEASED):
            return (*PATHS[State.CONSENTED], self.state)
        return PATHS[self.state]


def check_told(told: Told) -> list[tuple[str, Refusal]]:
    """What contradicts itself across the cells of the row: (name of the cell, refusal)."""
    included = State.CONSENTED in told.path
    faults: list[tuple[str, Refusal]] = []
    if included and told.included_on is None:
        faults.append(("included_on", InclusionDateMissing()))
    if not included and told.included_on is not None:
        faults.append(("included_on", InclusionDateUnexpected(state=told.state.label)))
    if included and told.included_on is not None and told.included_on < told.referred_on:
        dates = {"included": f"{told.included_on:%d/%m/%Y}", "referred": f"{told.referred_on:%d/%m/%Y}"}
        faults.append(("included_on", InclusionBeforeReferral(**dates)))
    elif told.informed_on is not None and not told.referred_on <= told.informed_on <= _latest(told):
        faults.append(("informed_on", InformedOutOfOrder(informed=f"{told.informed_on:%d/%m/%Y}")))
    if included and told.consents.get(ConsentKind.BILAN) is not Answer.GIVEN:
        faults.append(("consent_bilan", IncludedWithoutConsent()))
    allowed = REASONS.get(told.state, ())
    if told.reason is None and allowed and told.state not in _ASSUMED:
        faults.append(("reason", ReasonRequired(new=told.state.label)))
    if told.reason is not None and allowed and told.reason not in allowed:
        faults.append(("reason", ReasonNotOfState(reason=told.reason.label, new=told.state.label)))
    return faults


def _latest(told: Told) -> date:
    return told.included_on or told.informed_on or told.referred_on


def steps_of(told: Told, today: date) -> list[Step]:
    """The steps after the first one, each of them checked; raises the refusal of the first that is not legal."""
    steps: list[Step] = []
    state, since = State.IDENTIFIED, told.referred_on
    for to in told.path:
        step = _step(told, to, since)
        check_step(state, since, step, today)
        steps.append(step)
        state, since = to, step.on
    return steps


def _step(told: Told, to: State, since: date) -> Step:
    on = since
    if to is State.INFORMED:
        on = told.informed_on or since
    if to is State.CONSENTED and told.included_on is not None:
        on = told.included_on
    return Step(
        to=to,
        on=on,
        reason=(told.reason or _ASSUMED.get(to)) if to is told.state and to in REASONS else None,
        recontact_on=on + RECONTACT_AFTER if to is State.DEFERRED else None,
        note_version=NOTE_UNKNOWN if to is State.INFORMED else "",
        note=TAKEN_OVER,
        consents=told.consents if to is State.CONSENTED else {},
    )
