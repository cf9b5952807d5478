"""What a site is, and the states that it may go through."""

from collections.abc import Mapping
from datetime import date, timedelta

from lib.refusal import Labelled, Refusal


class Kind(Labelled):
    """Kinds of places that orient people."""

    CHU = "chu", "CHU"
    CLCC = "clcc", "CLCC"
    CH = "ch", "CH"
    ESPIC = "espic", "ESPIC"
    CLINIC = "clinic", "Clinique"
    ASSOCIATION = "association", "Association"
    INSTITUTE = "institute", "Institut"


class SiteState(Labelled):
    """Where a site stands on its way into the pilot."""

    PROSPECT = "prospect", "Prospect"
    AGREED = "agreed", "Accord donné"
    ACTIVATED = "activated", "Activé"
    PAUSED = "paused", "En pause"
    CLOSED = "closed", "Fermé"


class Step(Labelled):
    """The activation checklist; each step carries the date on which it was done."""

    AGREEMENT_SIGNED = "agreement_signed_on", "Convention signée"
    REFERENT_NAMED = "referent_named_on", "Référence nommée"
    STAFF_BRIEFED = "staff_briefed_on", "Équipe informée"
    MATERIAL_DELIVERED = "material_delivered_on", "Documents remis"


TRANSITIONS: Mapping[SiteState, frozenset[SiteState]] = {
    SiteState.PROSPECT: frozenset({SiteState.AGREED, SiteState.CLOSED}),
    SiteState.AGREED: frozenset({SiteState.ACTIVATED, SiteState.CLOSED}),
    SiteState.ACTIVATED: frozenset({SiteState.PAUSED, SiteState.CLOSED}),
    SiteState.PAUSED: frozenset({SiteState.ACTIVATED, SiteState.CLOSED}),
    SiteState.CLOSED: frozenset(),
}
REASON_NEEDED = frozenset({SiteState.PAUSED, SiteState.CLOSED})


class TransitionRefused(Refusal):
    """This state does not follow that one."""

    text = "Un site « {old} » ne peut pas passer à « {new} »."


class ChecklistOpen(Refusal):
    """A site cannot be activated before its checklist is done."""

    text = "Ce site ne peut pas encore être activé. Il manque : {missing}."


class ReasonMissing(Refusal):
    """A pause or a closure needs its reason."""

    text = "Indiquez le motif : il sera lu par les personnes qui suivent ce site."


class SiteExists(Refusal):
    """Two sites may not differ by accents, case or punctuation only."""

    text = "Le site « {name} » existe déjà. Ouvrez sa fiche, ou donnez un nom qui le distingue."


class NameMissing(Refusal):
    """A site is found again by its name."""

    text = "Donnez un nom au site : c'est par lui qu'on le retrouve."


class RegionMissing(Refusal):
    """The region groups sites; it follows from the department when that is given."""

    text = "Indiquez le département, ou au moins la région."


class DepartmentElsewhere(Refusal):
    """The department is in another region than the one given."""

    text = "Le département {department} n'est pas dans la région « {region} ». Corrigez l'un ou l'autre."


class EffectiveInFuture(Refusal):
    """A change of state says what has happened."""

    text = "La date d'effet ne peut pas être dans le futur : enregistrez ce changement le jour venu."


class EffectiveTooEarly(Refusal):
    """The story of a site is told in order."""

    text = "La date d'effet doit être le {last} ou après : c'est la date du changement précédent."


class StepInFuture(Refusal):
    """A step of the checklist is ticked when it is done."""

    text = "« {step} » : la date ne peut pas être dans le futur. Indiquez le jour où c'est fait."


def check_effective(effective_on: date, last: date | None, today: date) -> None:
    """Raise EffectiveInFuture or EffectiveTooEarly; changes of state follow each other in time."""
    if effective_on > today:
        raise EffectiveInFuture
    if last is not None and effective_on < last:
        raise EffectiveTooEarly(last=f"{last:%d/%m/%Y}")


def taken_over_path(opening_on: date | None, today: date) -> tuple[SiteState, ...]:
    """The states of a site brought in from a spreadsheet: open since a past date, agreed for a later one."""
    if opening_on is None:
        return (SiteState.PROSPECT,)
    if opening_on > today:
        return (SiteState.PROSPECT, SiteState.AGREED)
    return (SiteState.PROSPECT, SiteState.AGREED, SiteState.ACTIVATED)


def check_transition(old: SiteState, new: SiteState, done: Mapping[Step, date | None], reason: str) -> None:
    """Raise TransitionRefused, ChecklistOpen or ReasonMissing; say nothing when the change may happen."""
    if new not in TRANSITIONS[old]:
        raise TransitionRefused(old=old.label, new=new.label)
    missing = [step.label for step in Step if not done.get(step)]
    if new is SiteState.ACTIVATED and missing:
        raise ChecklistOpen(missing=", ".join(missing))
    if new in REASON_NEEDED and not reason.strip():
        raise ReasonMissing


def open_days(events: list[tuple[date, SiteState]], until: date) -> int:
    """Days spent activated up to and without `until`, from (effective date, state entered) in order."""
    total = timedelta()
    following = [*(start for start, _ in events[1:]), until]
    for (start, state), end in zip(events, following, strict=False):
        if state is SiteState.ACTIVATED:
            total += max(timedelta(), min(end, until) - start)
    return total.days
