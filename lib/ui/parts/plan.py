"""The plan of inclusions on screen: its dates, its reason, and the versions before it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.db import read
from lib.i18n import _
from lib.i18n.formats import day
from lib.pilot.commands import SetMainWave, SetPlan, set_main_wave, set_plan
from lib.pilot.queries import PlanRow, main_wave_from, plan_in_force, plan_versions
from lib.pilot.rules import PARTICIPANTS, Point
from lib.refusal import ChangedMeanwhile
from lib.sheets.out import Kind, OutColumn
from lib.ui import forms, show

FORM, WAVE_FORM = "plan", "main-wave"


def form(actor: Actor, today: date) -> None:
    """Change the dates, say why, save a new version."""
    points, versions, begins = read(actor, plan_in_force(), plan_versions(), main_wave_from())
    st.caption(
        _(
            "Chaque ligne est un total d'inclusions à atteindre à une date ; des droites relient les points. "
            "Un nouveau plan s'ajoute, les précédents restent consultables."
        )
    )
    with st.form(f"form-{forms.key(FORM)}", border=False):
        typed = _editor(points or _first_points(today))
        reason = st.text_input(
            _("Pourquoi ce plan ?"), key=forms.field(FORM, "reason"), placeholder=_("Ouverture de deux sites")
        )
        sent = st.form_submit_button(_("Enregistrer ce plan"), type="primary")
    if sent:
        command = SetPlan(_points(typed), reason or "", versions[0].id if versions else None)
        forms.submitted(
            FORM,
            lambda db: set_plan(db, actor, command),
            actor,
            done=_("Le nouveau plan est en vigueur."),
            on_changed=_theirs,
        )
    _history(actor, versions)
    _main_wave(actor, begins[0] if begins else None, today)


def _main_wave(actor: Actor, begins: date | None, today: date) -> None:
    """From which day on the people who are oriented belong to the main wave."""
    if begins is None:
        st.caption(
            _("Toutes les personnes orientées appartiennent à la vague test, tant que cette date manque.")
        )
    with st.form(f"form-{forms.key(WAVE_FORM)}", border=False):
        starts_on = st.date_input(
            _("Début de la vague principale"),
            begins or today,
            format="DD/MM/YYYY",
            key=forms.field(WAVE_FORM, "starts-on"),
            help=_("Les personnes orientées à partir de ce jour ; celles d'avant gardent leur vague."),
        )
        sent = st.form_submit_button(_("Enregistrer cette date"))
    if sent:
        forms.submitted(
            WAVE_FORM,
            lambda db: set_main_wave(db, actor, SetMainWave(starts_on)),
            actor,
            done=_("La vague principale commence le {on}.", on=day(starts_on)),
        )


def _editor(points: Sequence[Point]) -> list[dict[str, Any]]:
    typed = st.data_editor(
        [{"on": point.on, "inclusions": point.inclusions} for point in points],
        column_config={
            "on": st.column_config.DateColumn(_("Date"), format="DD/MM/YYYY", required=True),
            "inclusions": st.column_config.NumberColumn(
                _("Inclusions depuis le début"), min_value=0, step=1, required=True
            ),
        },
        num_rows="dynamic",
        hide_index=True,
        key=forms.field(FORM, "points"),
        alt=_("Dates du plan"),
    )
    return list(typed)


def _first_points(today: date) -> list[Point]:
    """Something to change rather than an empty table: from today to the target in a year."""
    return [Point(today, 0), Point(today.replace(day=1, year=today.year + 1), PARTICIPANTS)]


def _points(typed: Sequence[dict[str, Any]]) -> tuple[Point, ...]:
    """Rows that are filled; the editor hands new dates over as texts."""
    rows = [(row.get("on"), row.get("inclusions")) for row in typed]
    return tuple(
        Point(on if isinstance(on, date) else date.fromisoformat(str(on)[:10]), int(n))
        for on, n in rows
        if on and n is not None
    )


def _theirs(refusal: ChangedMeanwhile) -> None:
    said = ", ".join(_("{column} : {value}", column=on, value=n) for on, n in refusal.theirs.items())
    st.info(_("Plan enregistré entre-temps : {points}", points=said))


def _history(actor: Actor, versions: Sequence[PlanRow]) -> None:
    if not versions:
        return
    columns = [
        OutColumn(_("Enregistré le"), Kind.MOMENT),
        OutColumn(_("Pourquoi")),
        OutColumn(_("Jusqu'au"), Kind.DATE),
        OutColumn(_("Inclusions"), Kind.WHOLE),
    ]
    rows = [(one.made_at, one.reason, one.last_on, one.inclusions) for one in versions]
    st.caption(_("Versions du plan, la plus récente en vigueur depuis le {on}.", on=day(versions[0].made_at)))
    show.table(rows, columns, _("Versions du plan"), actor)
