"""The short form by which somebody is oriented: a minute on a phone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from lib import clock
from lib.access import Actor, Role
from lib.i18n import N_, _
from lib.journey.commands import Alike, OrientPerson, PersonAlike, Written, orient_person
from lib.journey.rules import Channel, Employment, Identity, Sex
from lib.refusal import Labelled
from lib.ui import forms, guard, show

FORM = "orient"
_ALIKE, _DONE = "orient-alike", "orient-done"
WHY = N_(
    "Le nom et le contact servent à rappeler la personne et à éviter les doublons : ils sont chiffrés. "
    "L'année de naissance sert à vérifier l'âge actif. Aucun diagnostic n'est demandé."
)


def form(actor: Actor, sites: Mapping[int, str]) -> None:
    """Ask, warn of somebody alike, save, and say the code."""
    _say_code()
    alike = _known_alike()
    with st.form(f"form-{forms.key(FORM)}", border=False):
        site_id = _site(actor, sites)
        identity, birth_year = _who()
        channel = _choice(_("Par qui la personne a-t-elle entendu parler du pilote ?"), Channel, "channel")
        with st.expander(_("Préciser (facultatif)")):
            on = _day()
            sex = _choice(_("Sexe"), Sex, "sex")
            employment = _choice(_("Situation d'emploi"), Employment, "employment")
        confirmed = bool(alike) and _confirm(alike)
        st.caption(_(WHY))
        sent = st.form_submit_button(
            _("Orienter cette personne"), type="primary", key=forms.field(FORM, "send"), width="stretch"
        )
    if sent:
        asked = OrientPerson(site_id, on, channel, birth_year, sex, employment, identity, confirmed)
        _save(actor, asked)


def _known_alike() -> tuple[Alike, ...]:
    """Those of the warning, unless the person left the page meanwhile: its fields are empty then."""
    if forms.field(FORM, "last") not in st.session_state:
        st.session_state.pop(_ALIKE, None)
    alike: tuple[Alike, ...] = st.session_state.get(_ALIKE, ())
    return alike


def _say_code() -> None:
    code = st.session_state.pop(_DONE, None)
    if code:
        st.success(
            _(
                "C'est enregistré. Code de la personne : **{code}**. Notez-le : il remplace le nom partout.",
                code=code,
            ),
            icon=":material/check_circle:",
        )


def _site(actor: Actor, sites: Mapping[int, str]) -> int | None:
    if actor.role is Role.SITE_REFERENT:
        st.markdown(_("Site : **{name}**", name=show.escape(sites.get(actor.scope_id or 0, ""))))
        return actor.scope_id
    return st.selectbox(
        _("Site"),
        list(sites),
        index=None,
        placeholder=_("Choisir"),
        format_func=lambda number: sites[number],
        key=forms.field(FORM, "site"),
    )


def _who() -> tuple[Identity, int | None]:
    left, right = st.columns(2)
    first = left.text_input(_("Prénom"), key=forms.field(FORM, "first"), max_chars=100)
    last = right.text_input(_("Nom"), key=forms.field(FORM, "last"), max_chars=100)
    left, right = st.columns(2)
    phone = left.text_input(
        _("Téléphone"),
        key=forms.field(FORM, "phone"),
        max_chars=40,
        type="phone",
        placeholder="06 12 34 56 78",
    )
    email = right.text_input(
        _("Courriel"),
        key=forms.field(FORM, "email"),
        max_chars=200,
        type="email",
        placeholder=_("nom@exemple.fr"),
    )
    return Identity(last.strip(), first.strip(), phone.strip(), email.strip()), _birth_year()


def _birth_year() -> int | None:
    this_year = clock.today().year
    return st.number_input(
        _("Année de naissance"),
        min_value=this_year - 110,
        max_value=this_year - 10,
        value=None,
        step=1,
        format="%d",
        placeholder="1975",
        key=forms.field(FORM, "year"),
    )


def _day() -> date:
    today = clock.today()
    return st.date_input(
        _("Date d'orientation"),
        value=today,
        max_value=today,
        format="DD/MM/YYYY",
        key=forms.field(FORM, "on"),
    )


def _choice(label: str, enum: type[Labelled], name: str) -> Any:
    return st.selectbox(
        label,
        list(enum),
        index=None,
        placeholder=_("Choisir"),
        format_func=lambda one: _(one.label),
        key=forms.field(FORM, name),
    )


def _confirm(alike: tuple[Alike, ...]) -> bool:
    said = [_(one.kind.label) + (f" ({one.code})" if one.code else "") for one in alike]
    st.warning(
        _(
            "Une personne semblable est déjà connue : {what}. Est-ce la même ?",
            what=", ".join(dict.fromkeys(said)),
        ),
        icon=":material/group:",
    )
    return st.checkbox(_("J'ai vérifié : il s'agit de quelqu'un d'autre"), key=forms.field(FORM, "confirmed"))


def _save(actor: Actor, asked: OrientPerson) -> None:
    """A warning of somebody alike comes back with the form; it tells that they take part, so it is written down."""
    warned: list[str] = []

    def orient(db: Any) -> Written:
        try:
            return orient_person(db, actor, asked, clock.today())
        except PersonAlike as found:
            st.session_state[_ALIKE] = found.alike
            warned.extend(one.kind.value for one in found.alike)
            raise

    def remember(written: Written) -> None:
        st.session_state[_DONE] = written.code
        st.session_state.pop(_ALIKE, None)

    before = st.session_state.get(_ALIKE)
    forms.submitted(FORM, orient, actor, done=_told, then=remember)
    if warned:
        guard.deny(actor, f"somebody alike: {', '.join(dict.fromkeys(warned))}")
    if st.session_state.get(_ALIKE) != before:
        st.rerun()


def _told(written: Written) -> str:
    return _("Orientation enregistrée : {code}.", code=written.code)
