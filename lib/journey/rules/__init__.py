"""The rules of a person's path from orientation to inclusion."""

from lib.journey.rules.codes import MistypedCode, NotACode, bare, new_code, normalise
from lib.journey.rules.consents import Answer, ConsentKind
from lib.journey.rules.identities import AlikeKnown, Identity, TraceKind, marks, name_key, phone_key
from lib.journey.rules.path import (
    ConsentMissing,
    ConsentsUnasked,
    DateOutOfOrder,
    NoteVersionMissing,
    NothingToWithdraw,
    ReasonNotOfState,
    ReasonRequired,
    RecontactDateMissing,
    StateEventRefused,
    Step,
    check_all_asked,
    check_step,
)
from lib.journey.rules.people import WAVE_TARGETS, Channel, Employment, Sex, Wave
from lib.journey.rules.reasons import REASONS, Reason
from lib.journey.rules.states import LIVE, STEPS, TRANSITIONS, WAITING, State, next_states

__all__ = [
    "LIVE",
    "REASONS",
    "STEPS",
    "TRANSITIONS",
    "WAITING",
    "WAVE_TARGETS",
    "AlikeKnown",
    "Answer",
    "Channel",
    "ConsentKind",
    "ConsentMissing",
    "ConsentsUnasked",
    "DateOutOfOrder",
    "Employment",
    "Identity",
    "MistypedCode",
    "NotACode",
    "NoteVersionMissing",
    "NothingToWithdraw",
    "Reason",
    "ReasonNotOfState",
    "ReasonRequired",
    "RecontactDateMissing",
    "Sex",
    "State",
    "StateEventRefused",
    "Step",
    "TraceKind",
    "Wave",
    "bare",
    "check_all_asked",
    "check_step",
    "marks",
    "name_key",
    "new_code",
    "next_states",
    "normalise",
    "phone_key",
]
