"""Where a person may stand, and which state may follow which."""

from collections.abc import Mapping

from lib.refusal import Labelled


class State(Labelled):
    """Where a person stands on the way to inclusion."""

    IDENTIFIED = "identified", "Repérage"
    SCREENING = "screening", "Éligibilité en cours"
    ELIGIBLE = "eligible", "Éligible"
    INFORMED = "informed", "Information donnée"
    CONSENTED = "consented", "Inclusion"
    DEFERRED = "deferred", "À recontacter"
    NOT_APPROACHED = "not_approached", "Sans proposition"
    DUPLICATE = "duplicate", "Doublon"
    INELIGIBLE = "ineligible", "Non éligible"
    DECLINED = "declined", "Refus"
    UNREACHABLE = "unreachable", "Injoignable"
    WITHDRAWN = "withdrawn", "Retrait"
    DECEASED = "deceased", "Décès"


STEPS = (State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED, State.CONSENTED)
"""The boxes of the flow, in order; a person's `furthest` is an index into it."""

LIVE = frozenset(
    {State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED, State.DEFERRED, State.CONSENTED}
)
WAITING = frozenset({State.IDENTIFIED, State.SCREENING, State.ELIGIBLE, State.INFORMED})
"""States in which the team owes the person a next step."""

_ANY_TIME = frozenset({State.WITHDRAWN, State.DECEASED})

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.IDENTIFIED: frozenset({State.SCREENING, State.NOT_APPROACHED, State.DUPLICATE}) | _ANY_TIME,
    State.SCREENING: frozenset({State.ELIGIBLE, State.INELIGIBLE}) | _ANY_TIME,
    State.ELIGIBLE: frozenset({State.INFORMED, State.NOT_APPROACHED, State.DEFERRED}) | _ANY_TIME,
    State.INFORMED: frozenset({State.CONSENTED, State.DECLINED, State.DEFERRED, State.UNREACHABLE})
    | _ANY_TIME,
    State.DEFERRED: frozenset({State.INFORMED, State.DECLINED, State.UNREACHABLE}) | _ANY_TIME,
    State.CONSENTED: _ANY_TIME,
}


def next_states(state: State) -> tuple[State, ...]:
    """The states that may follow, in the order in which a form offers them."""
    return tuple(candidate for candidate in State if candidate in TRANSITIONS.get(state, frozenset()))
