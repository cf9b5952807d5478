"""The screens of the register: its filters and lines, and the form of one counsellor."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

import streamlit as st

from lib.access import Actor
from lib.i18n import _
from lib.i18n.formats import number
from lib.pilot.rules import COUNSELLORS as TO_TRAIN
from lib.sheets.out import Kind, OutColumn
from lib.training.commands import (
    AddCounsellor,
    CounsellorFacts,
    EditCounsellor,
    add_counsellor,
    edit_counsellor,
)
from lib.training.queries import CounsellorDetail, CounsellorRow, RegisterCount
from lib.ui import filters, forms, show
from lib.ui.parts.people import in_address
from lib.ui.parts.versions import compare, version_of


@dataclass(frozen=True)
class RegisterFilter:
    """Who is asked for."""

    region: str | None = None
    organisation: str | None = None
    words: str = ""


def asked_in_address() -> RegisterFilter:
    """The filters as the address has them, so that one round trip reads options and register together."""
    return RegisterFilter(in_address("region"), in_address("organisation"), in_address("q") or "")


def ask(regions: Mapping[str, str], organisations: Sequence[str]) -> RegisterFilter:
    """Draw the filters."""
    with st.grid(min_column_width=176):
        words = filters.words(_("Nom ou courriel"), "q")
        region = filters.choice(_("Région"), "region", regions)
        named = {name: name for name in organisations}
        organisation = filters.choice(_("Organisme"), "organisation", named, none=_("Tous"))
    return RegisterFilter(region, organisation, words)


def figures(count: RegisterCount) -> None:
    """The register in four figures."""
    show.figures(
        [
            show.Figure(
                _("Au registre"), number(count.counsellors), _("{n} à former pendant la phase 2", n=TO_TRAIN)
            ),
            show.Figure(_("Régions"), number(count.regions), _("sur 18")),
            show.Figure(_("Organismes"), number(count.organisations)),
            show.Figure(_("Région à préciser"), number(count.without_region)),
        ]
    )


def lines(actor: Actor, rows: Sequence[CounsellorRow]) -> None:
    """One line a person, each with its way to the record."""
    columns = [
        OutColumn(_("Nom")),
        OutColumn(_("Prénom")),
        OutColumn(_("Organisme")),
        OutColumn(_("Région")),
        OutColumn(_("Courriel")),
        OutColumn(_("Heures de pratique"), Kind.NUMBER),
        OutColumn(_("Volontaire depuis"), Kind.DATE),
    ]
    cells = [
        (
            row.last_name,
            row.first_name,
            row.organisation,
            row.region,
            row.email,
            _hours(row.practice_hours),
            row.volunteer_since,
        )
        for row in rows
    ]
    links = [f"/conseil?fiche={row.id}" for row in rows]
    empty = _("Personne ne correspond à ces filtres.")
    show.table(cells, columns, _("Registre du conseil"), actor, empty=empty, links=links)


def _hours(hours: Decimal | None) -> int | Decimal | None:
    """Whole hours without a decimal, as people write them."""
    return int(hours) if hours is not None and hours == hours.to_integral_value() else hours


def add(actor: Actor, regions: Mapping[str, str]) -> None:
    """Somebody volunteers."""
    with st.form(forms.key("counsellor-new"), border=False):
        with st.grid(min_column_width=280):
            facts = _facts("counsellor-new", None, regions)
        wanted = st.form_submit_button(_("Ajouter au registre"), type="primary")
    if wanted:
        forms.submitted(
            "counsellor-new",
            lambda db: add_counsellor(db, actor, AddCounsellor(facts)),
            actor,
            done=_("La personne est ajoutée au registre."),
        )


def edit(actor: Actor, known: CounsellorDetail, regions: Mapping[str, str]) -> None:
    """Correct one record."""
    form = record = f"counsellor-{known.id}"
    version = version_of(record, known.version, forms.field(form, "last_name"))
    with st.form(forms.key(form), border=False):
        with st.grid(min_column_width=280):
            facts = _facts(form, known, regions)
        wanted = st.form_submit_button(_("Enregistrer la fiche"), type="primary")

    def words(name: str, value: object) -> str:
        return regions.get(str(value), "") if name == "region_code" else show.cell(value)

    if wanted:
        forms.submitted(
            form,
            lambda db: edit_counsellor(db, actor, EditCounsellor(known.id, version, facts)),
            actor,
            done=_("La fiche est enregistrée."),
            on_changed=compare(record, asdict(facts), _labels(), words),
        )


def _labels() -> dict[str, str]:
    return {
        "last_name": _("Nom"),
        "first_name": _("Prénom"),
        "email": _("Courriel"),
        "organisation": _("Organisme"),
        "region_code": _("Région"),
        "practice_hours": _("Heures de pratique"),
        "volunteer_since": _("Volontaire depuis"),
        "note": _("Remarque"),
    }


def _facts(form: str, known: CounsellorDetail | None, regions: Mapping[str, str]) -> CounsellorFacts:
    """The fields of a record."""
    labels = _labels()

    def written(name: str) -> str:
        return st.text_input(labels[name], getattr(known, name, ""), key=forms.field(form, name))

    last, first, email, organisation = map(written, ("last_name", "first_name", "email", "organisation"))
    codes: list[str | None] = [None, *regions]
    region = st.selectbox(
        labels["region_code"],
        codes,
        index=codes.index(known.region_code) if known else 0,
        format_func=lambda code: regions.get(code or "", _("non précisée")),
        key=forms.field(form, "region"),
    )
    hours, since = _practice(form, known, labels)
    return CounsellorFacts(last, first, email, organisation, region, hours, since, written("note"))


def _practice(
    form: str, known: CounsellorDetail | None, labels: Mapping[str, str]
) -> tuple[Decimal | None, date | None]:
    recorded = known.practice_hours if known else None
    hours = st.number_input(
        labels["practice_hours"],
        min_value=0.0,
        value=float(recorded) if recorded is not None else None,
        step=0.25,
        key=forms.field(form, "hours"),
    )
    since = st.date_input(
        labels["volunteer_since"],
        known.volunteer_since if known else None,
        date(1990, 1, 1),
        format="DD/MM/YYYY",
        key=forms.field(form, "since"),
    )
    return Decimal(str(hours)) if hours is not None else None, since
