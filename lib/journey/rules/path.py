"""One step of a person's path, and the refusals that guard it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lib.journey.rules.consents import Answer, ConsentKind
from lib.journey.rules.reasons import REASONS, Reason
from lib.journey.rules.states import TRANSITIONS, State
from lib.refusal import Refusal


class StateEventRefused(Refusal):
    """This state does not follow that one."""

    text = "Depuis « {old} », on ne peut pas passer à « {new} »."


class ReasonRequired(Refusal):
    """A loss is always coded."""

    text = "Choisissez un motif pour « {new} ». « Non dit » est possible quand la personne n'en donne pas."


class ReasonNotOfState(Refusal):
    """Each state has its own reasons."""

    text = "Le motif « {reason} » ne s'applique pas à « {new} »."


class RecontactDateMissing(Refusal):
    """A postponed contact without a date would be forgotten."""

    text = "Indiquez à quelle date recontacter la personne, après le {on}."


class NoteVersionMissing(Refusal):
    """What was said must be known."""

    text = "Indiquez la version de la note d'information remise."


class ConsentMissing(Refusal):
    """A bilan needs consent; refusing it is never a fault."""

    text = "Une inclusion demande l'accord de la personne pour la réalisation du bilan, daté."


class ConsentsUnasked(Refusal):
    """Each of the five is asked; none is assumed."""

    text = "Les cinq accords se demandent un par un. Il manque une réponse pour : {missing}."


class DateOutOfOrder(Refusal):
    """A step cannot happen before the one that came before it, nor in the future."""

    text = "La date doit être entre le {earliest} (étape précédente) et aujourd'hui."


class NothingToWithdraw(Refusal):
    """Only an agreement that was given can be withdrawn."""

    text = "Il n'y a pas d'accord en cours à retirer pour « {kind} »."


@dataclass(frozen=True)
class Step:
    """One asked change of state, with what its guards look at."""

    to: State
    on: date
    reason: Reason | None = None
    recontact_on: date | None = None
    note_version: str = ""
    note: str = ""
    consents: Mapping[ConsentKind, Answer] = field(default_factory=dict)


def check_step(old: State, since: date, step: Step, today: date) -> None:
    """Raise the refusal that applies to going from `old` (since that date) to `step.to`, if any."""
    if step.to not in TRANSITIONS.get(old, frozenset()):
        raise StateEventRefused(old=old.label, new=step.to.label)
    if not since <= step.on <= today:
        raise DateOutOfOrder(earliest=f"{since:%d/%m/%Y}")
    _check_reason(step)
    if step.to is State.DEFERRED and (step.recontact_on is None or step.recontact_on <= step.on):
        raise RecontactDateMissing(on=f"{step.on:%d/%m/%Y}")
    if step.to is State.INFORMED and not step.note_version.strip():
        raise NoteVersionMissing
    if step.to is State.CONSENTED and step.consents.get(ConsentKind.BILAN) is not Answer.GIVEN:
        raise ConsentMissing


def check_all_asked(step: Step) -> None:
    """On screen an inclusion needs an answer to each consent; a spreadsheet may not know them all."""
    answers = {kind: step.consents.get(kind) for kind in ConsentKind}
    missing = [kind.label for kind, answer in answers.items() if answer not in (Answer.GIVEN, Answer.REFUSED)]
    if step.to is State.CONSENTED and missing:
        raise ConsentsUnasked(missing=", ".join(missing))


def _check_reason(step: Step) -> None:
    allowed = REASONS.get(step.to, ())
    if allowed and step.reason is None:
        raise ReasonRequired(new=step.to.label)
    if step.reason is not None and step.reason not in allowed:
        raise ReasonNotOfState(reason=step.reason.label, new=step.to.label)
