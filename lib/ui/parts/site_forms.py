"""The forms of a site: its facts, its checklist, its change of state."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import streamlit as st

from lib import clock
from lib.access import Actor
from lib.i18n import _
from lib.pilot.queries import Place, RegionOf
from lib.sites.commands import (
    CreateSite,
    EditSite,
    MarkStep,
    MoveSite,
    SiteFacts,
    create_site,
    edit_site,
    mark_step,
    move_site,
)
from lib.sites.queries import SiteDetail
from lib.sites.rules import REASON_NEEDED, TRANSITIONS, Kind, SiteState
from lib.ui import forms, show
from lib.ui.parts.versions import compare, version_of

DAY = "DD/MM/YYYY"


def create(actor: Actor, regions: Sequence[Place], departments: Sequence[RegionOf]) -> None:
    """Add a site; it begins as a prospect."""
    with st.form(forms.key("site-new"), border=False):
        with st.grid(min_column_width=280):
            facts = _facts("site-new", None, regions, departments)
        wanted = st.form_submit_button(_("Ajouter ce site"), type="primary")
    if wanted:
        forms.submitted(
            "site-new",
            lambda db: create_site(db, actor, CreateSite(facts), clock.today()),
            actor,
            done=_("Le site est ajouté, à l'état de prospect."),
        )


def edit(actor: Actor, site: SiteDetail, regions: Sequence[Place], departments: Sequence[RegionOf]) -> None:
    """Correct what is known of the site."""
    form = f"site-edit-{site.id}"
    version = version_of(_record(site), site.version, forms.field(form, "name"))
    with st.form(forms.key(form), border=False):
        with st.grid(min_column_width=280):
            facts = _facts(form, site, regions, departments)
        wanted = st.form_submit_button(_("Enregistrer la fiche"), type="primary")
    if wanted:
        forms.submitted(
            form,
            lambda db: edit_site(db, actor, EditSite(site.id, version, facts), clock.today()),
            actor,
            done=_("La fiche est enregistrée."),
            on_changed=compare(_record(site), asdict(facts), _labels(), _words(regions)),
        )


def _record(site: SiteDetail) -> str:
    return f"site-{site.id}"


def _labels() -> dict[str, str]:
    return {
        "name": _("Nom du site"),
        "kind": _("Type"),
        "city": _("Ville"),
        "department_code": _("Département"),
        "region_code": _("Région"),
        "target": _("Objectif d'inclusions"),
        "opening_on": _("Ouverture prévue"),
        "referent_name": _("Nom de la référence de site"),
        "referent_email": _("Courriel de la référence de site"),
        "state": _("État"),
    }


def _words(regions: Sequence[Place]) -> Callable[[str, object], str]:
    names = {place.code: place.name for place in regions}

    def words(name: str, value: object) -> str:
        return names.get(str(value), str(value)) if name == "region_code" else show.cell(value)

    return words


def _facts(
    form: str, site: SiteDetail | None, regions: Sequence[Place], departments: Sequence[RegionOf]
) -> SiteFacts:
    """The fields, in the order in which people think of them; the region follows from the department."""
    labels = _labels()

    def at(name: str) -> str:
        return forms.field(form, name)

    def known(name: str, blank: Any = "") -> Any:
        return getattr(site, name) if site else blank

    name = st.text_input(labels["name"], known("name"), key=at("name"))
    kind = _kind(form, site)
    city = st.text_input(labels["city"], known("city"), key=at("city"))
    department, region = _place(
        form, known("department_code", None), known("region_code"), regions, departments
    )
    target = st.number_input(labels["target"], 0, 10_000, known("target", None), key=at("target"))
    opening = st.date_input(
        labels["opening_on"], known("opening_on", None), date(2000, 1, 1), format=DAY, key=at("opening")
    )
    referent = st.text_input(labels["referent_name"], known("referent_name"), key=at("referent"))
    email = st.text_input(labels["referent_email"], known("referent_email"), key=at("email"))
    return SiteFacts(name, kind, region, department, city, target, opening, referent, email)


def _kind(form: str, site: SiteDetail | None) -> Kind:
    kinds = list(Kind)
    return st.selectbox(
        _("Type"),
        kinds,
        index=kinds.index(site.kind) if site else 0,
        format_func=lambda one: _(one.label),
        key=forms.field(form, "kind"),
    )


def _place(
    form: str, code: str | None, region: str, regions: Sequence[Place], departments: Sequence[RegionOf]
) -> tuple[str | None, str]:
    parts = {part.code: part for part in departments}
    names = {place.code: place.name for place in regions}
    chosen = st.selectbox(
        _("Département"),
        [None, *parts],
        index=[None, *parts].index(code) if code in parts else 0,
        format_func=lambda one: f"{one} – {parts[one].name}" if one else _("non précisé"),
        key=forms.field(form, "department"),
    )
    without = st.selectbox(
        _("Région, si le département n'est pas précisé"),
        ["", *names],
        index=["", *names].index(region) if region in names and code is None else 0,
        format_func=lambda one: names.get(one, _("celle du département")),
        key=forms.field(form, "region"),
    )
    return chosen, parts[chosen].region_code if chosen else without


def tick(actor: Actor, site: SiteDetail) -> None:
    """Date the steps of the checklist; a date taken away opens the step again."""
    form = f"site-steps-{site.id}"
    version = version_of(_record(site), site.version, forms.field(form, next(iter(site.steps)).value))
    today = clock.today()
    with st.form(forms.key(form), border=False):
        dates: dict[Any, date | None] = {}
        with st.grid(min_column_width=176):
            for step, done in site.steps.items():
                dates[step] = st.date_input(
                    _(step.label), done, max_value=today, format=DAY, key=forms.field(form, step.value)
                )
        wanted = st.form_submit_button(_("Enregistrer la liste"))

    def do(db: Any) -> None:
        changed = [(step, on) for step, on in dates.items() if on != site.steps[step]]
        for position, (step, on) in enumerate(changed):
            mark_step(db, actor, MarkStep(site.id, version + position, step, on), today)

    if wanted:
        typed = {step.value: on for step, on in dates.items()}
        labels = {step.value: _(step.label) for step in dates}
        both = compare(_record(site), typed, labels, lambda _name, value: show.cell(value))
        forms.submitted(form, do, actor, done=_("La liste d'activation est enregistrée."), on_changed=both)


def move(actor: Actor, site: SiteDetail) -> None:
    """Change the state; what stands in the way is said before it is tried."""
    following = [state for state in SiteState if state in TRANSITIONS[site.state]]
    if not following:
        st.caption(_("Ce site est fermé : son état ne change plus."))
        return
    missing = [_(step.label) for step, done in site.steps.items() if not done]
    if SiteState.ACTIVATED in following and missing:
        st.info(_("Avant l'activation, il reste à dater : {steps}.", steps=", ".join(missing)))
    form = f"site-move-{site.id}"
    version = version_of(_record(site), site.version, forms.field(form, "state"))
    command = _asked_move(form, site, version, following)
    if command is not None:
        asked: dict[str, object] = {"state": command.to_state}
        forms.submitted(
            form,
            lambda db: move_site(db, actor, command, clock.today()),
            actor,
            done=_("L'état du site est enregistré."),
            on_changed=compare(_record(site), asked, _labels(), lambda _name, value: show.cell(value)),
        )


def _asked_move(form: str, site: SiteDetail, version: int, following: Sequence[SiteState]) -> MoveSite | None:
    """The form of a change of state; None until it is sent."""
    today = clock.today()
    needing = " / ".join(_(one.label) for one in following if one in REASON_NEEDED)
    with st.form(forms.key(form), border=False):
        state = st.radio(
            _("Nouvel état"),
            following,
            format_func=lambda one: _(one.label),
            key=forms.field(form, "state"),
            horizontal=True,
        )
        with st.grid(min_column_width=280):
            on = st.date_input(
                _("Date d'effet"), today, max_value=today, format=DAY, key=forms.field(form, "on")
            )
            reason = st.text_input(
                _("Motif (nécessaire pour : {states})", states=needing), key=forms.field(form, "why")
            )
        wanted = st.form_submit_button(_("Changer l'état"))
    return MoveSite(site.id, version, state, on, reason) if wanted and state is not None else None
