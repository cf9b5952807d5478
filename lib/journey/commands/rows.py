"""From a ready row of the spreadsheet to a person, and how the same row is recognised next time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Select, select

from lib.journey.commands.orient import wave_of
from lib.journey.commands.words import to_reason
from lib.journey.commands.writing import NewPerson
from lib.journey.models import Beneficiary
from lib.journey.rules import REASONS, Answer, Channel, ConsentKind, Employment, Identity, Sex, State, Wave
from lib.journey.rules.taken_over import TAKEN_OVER, Told, check_told, steps_of
from lib.refusal import Refusal
from lib.sheets.bad_cells import BadCell
from lib.sheets.text import clean, key

IDENTITY_CELLS = ("last_name", "first_name", "phone", "email")
FACTS = ("channel", "birth_year", "sex", "employment")
CONSENTS = {"consent_bilan": ConsentKind.BILAN, "consent_research": ConsentKind.RESEARCH}

Values = Mapping[str, Any]


class TakenOverOtherwise(Refusal):
    """The row was brought in before; what it says now is not what it said then."""

    text = (
        "Déjà importée sous {code} avec d'autres valeurs : {what}. "
        "Attendu : la ligne d'origine, ou une correction sur la fiche de la personne."
    )


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row brought in before, and the facts recorded now."""

    source_key: bytes
    source_digest: bytes
    code: str
    channel: Channel | None
    birth_year: int | None
    sex: Sex | None
    employment: Employment | None


def known_rows() -> Select[Any]:
    """The columns of KnownRow, for every person that came from a spreadsheet."""
    columns: list[Any] = [
        Beneficiary.source_key,
        Beneficiary.source_digest,
        Beneficiary.code,
        Beneficiary.channel,
        Beneficiary.birth_year,
        Beneficiary.sex,
        Beneficiary.employment,
    ]
    return select(*columns).where(Beneficiary.source_key.is_not(None))


def digest_of_row(values: Values) -> bytes:
    """The fingerprint of what a row says; of an identity only whether it is there, for this is no sealed place."""
    said = [
        f"{name}={name in IDENTITY_CELLS or value}"
        for name, value in sorted(values.items())
        if value is not None
    ]
    return sha256("\n".join(said).encode()).digest()


def key_of_row(values: Values, digest: bytes, rank: int = 0) -> bytes:
    """What the row is recognised by: site, day and number; without a number all it says, and its rank."""
    number = values.get("number")
    if number is None:
        return sha256(b"row" + digest + str(rank).encode()).digest()
    return sha256(f"{values['site']}|{values['referred_on']}|{key(number)}".encode()).digest()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A ready row with what it is recognised by."""

    key: bytes
    digest: bytes
    values: Values


def recognised(rows: Iterable[Values]) -> list[SourceRow]:
    """Each row with its key; rows that say the same are told apart by their rank."""
    ranks: Counter[bytes] = Counter()
    found = []
    for values in rows:
        digest = digest_of_row(values)
        found.append(SourceRow(key_of_row(values, digest, ranks[digest]), digest, values))
        ranks[digest] += 1
    return found


def told_of(values: Values) -> Told:
    """What the row says of the path; raises BadCell for a reason that no state knows."""
    state = cast("State", values["state"])
    reason = values.get("reason")
    takes_one = state in REASONS and reason is not None
    consents = {kind: values.get(name) for name, kind in CONSENTS.items()}
    return Told(
        state=state,
        referred_on=values["referred_on"],
        reason=to_reason(state)(reason) if takes_one else None,
        informed_on=values.get("informed_on"),
        included_on=values.get("included_on"),
        consents={
            kind: Answer.GIVEN if said else Answer.REFUSED
            for kind, said in consents.items()
            if said is not None
        },
    )


def faults_of(values: Values, today: date, known: Mapping[bytes, KnownRow]) -> list[tuple[str, Refusal]]:
    """What is wrong across the cells of a row, or against what is already recorded."""
    digest = digest_of_row(values)
    former = known.get(key_of_row(values, digest))
    if former is not None and former.source_digest == digest:
        return []
    if former is not None:
        return [("number", TakenOverOtherwise(code=former.code, what=_differences(former, values)))]
    try:
        told = told_of(values)
    except BadCell as refusal:
        return [("reason", refusal)]
    faults = check_told(told)
    if faults:
        return faults
    try:
        steps_of(told, today)
    except Refusal as refusal:
        return [("state", refusal)]
    return []


def _differences(former: KnownRow, values: Values) -> str:
    """Which cells differ; those of the path cannot be named, for the person may have moved on since."""
    titles = {
        "channel": "canal",
        "birth_year": "année de naissance",
        "sex": "sexe",
        "employment": "situation d'emploi",
    }
    found = [titles[name] for name in FACTS if getattr(former, name) != values.get(name)]
    return ", ".join(found) or "statut, motif, dates, accords ou coordonnées"


def person_of(row: SourceRow, main_from: date | None, today: date) -> NewPerson:
    """The person that a ready row describes."""
    values = row.values
    told = told_of(values)
    steps = steps_of(told, today)
    last = steps[-1].on if steps else told.referred_on
    referred_on = told.referred_on
    return NewPerson(
        site_id=values["site"],
        referred_on=referred_on,
        wave=cast("Wave | None", values.get("wave")) or wave_of(referred_on, main_from),
        channel=values.get("channel"),
        birth_year=values.get("birth_year"),
        sex=values.get("sex"),
        employment=values.get("employment"),
        identity=Identity(**{name: values.get(name) or "" for name in IDENTITY_CELLS}),
        steps=steps,
        consents=[(kind, answer, told.included_on or last) for kind, answer in told.consents.items()],
        note=_note(told, values),
        source=(row.key.hex(), row.digest.hex()),
    )


def _note(told: Told, values: Values) -> str:
    """A reason that the state does not take is not lost, only not coded."""
    reason = clean(values.get("reason"))
    return TAKEN_OVER if not reason or told.reason else f"{TAKEN_OVER} ; motif noté : {reason}"
