"""The screens of sites: the filters and lines of the list, one site's checklist and story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.access import Actor
from lib.i18n import _, plural
from lib.i18n.formats import day, moment, number
from lib.sheets.out import Kind as Cells
from lib.sheets.out import OutColumn
from lib.sites.queries import EventRow, SiteDetail, SiteRow, StateCount
from lib.sites.rules import SiteState
from lib.ui import filters, show
from lib.ui.parts.people import in_address


@dataclass(frozen=True)
class SiteFilter:
    """Which sites are asked for."""

    region: str | None = None
    state: SiteState | None = None
    words: str = ""


def asked_in_address() -> SiteFilter:
    """The filters as the address has them, so that one round trip reads options and sites together."""
    return _filter(in_address("region"), in_address("state"), in_address("q"))


def ask(regions: Mapping[str, str]) -> SiteFilter:
    """Draw the filters."""
    with st.grid(min_column_width=176):
        words = filters.words(_("Nom ou ville"), "q")
        region = filters.choice(_("Région"), "region", regions)
        labels = {state.value: _(state.label) for state in SiteState}
        state = filters.choice(_("État"), "state", labels, none=_("Tous"))
    return _filter(region, state, words)


def _filter(region: str | None, state: str | None, words: str | None) -> SiteFilter:
    known = next((one for one in SiteState if one.value == state), None)
    return SiteFilter(region or None, known, words or "")


def summary(counts: Sequence[StateCount]) -> None:
    """What needs doing, then the sites in four figures."""
    by_state = {count.state: count for count in counts}
    active = by_state.get(SiteState.ACTIVATED)
    if active and active.gaps:
        st.warning(
            plural(
                active.gaps,
                "Des sites activés ont une liste d'activation incomplète : {n} étape reste à dater.",
                "Des sites activés ont une liste d'activation incomplète : {n} étapes restent à dater.",
            ),
            icon=":material/checklist:",
        )
    living = [count for count in counts if count.state is not SiteState.CLOSED]
    coming = sum(
        by_state[state].sites for state in (SiteState.PROSPECT, SiteState.AGREED) if state in by_state
    )
    paused = by_state.get(SiteState.PAUSED)
    show.figures(
        [
            show.Figure(_("Sites activés"), number(active.sites if active else 0), _("ils peuvent orienter")),
            show.Figure(_("En préparation"), number(coming), _("prospects et accords donnés")),
            show.Figure(_("En pause"), number(paused.sites if paused else 0)),
            show.Figure(
                _("Objectif cumulé"),
                number(sum(count.target for count in living)),
                _("inclusions, hors sites fermés"),
            ),
        ]
    )


def lines(actor: Actor, rows: Sequence[SiteRow]) -> None:
    """One line a site, each with its way to the site's page."""
    columns = [
        OutColumn(_("Site")),
        OutColumn(_("Type")),
        OutColumn(_("Ville")),
        OutColumn(_("Région")),
        OutColumn(_("État")),
        OutColumn(_("Objectif"), Cells.WHOLE, _("Nombre d'inclusions attendues")),
        OutColumn(_("Jours d'ouverture"), Cells.WHOLE, _("Jours passés à l'état activé")),
        OutColumn(_("Étapes à dater"), Cells.WHOLE, _("Étapes ouvertes de la liste d'activation")),
    ]
    cells = [
        (row.name, row.kind, row.city, row.region, row.state, row.target, row.open_days, row.gaps or None)
        for row in rows
    ]
    links = [f"/site?site={row.id}" for row in rows]
    empty = _("Aucun site ne correspond à ces filtres.")
    show.table(cells, columns, _("Sites"), actor, empty=empty, links=links)


def facts(site: SiteDetail) -> None:
    """The site in four figures, then what else is known."""
    left = sum(done is None for done in site.steps.values())
    todo = (
        plural(left, "{n} étape à dater", "{n} étapes à dater") if left else _("liste d'activation complète")
    )
    show.figures(
        [
            show.Figure(_("État"), _(site.state.label), todo),
            show.Figure(
                _("Objectif"), number(site.target) if site.target is not None else "–", _("inclusions")
            ),
            show.Figure(_("Jours d'ouverture"), number(site.open_days), _("passés à l'état activé")),
        ]
    )
    place = " – ".join(filter(None, (site.city, site.department, site.region)))
    known = [
        (_("Type"), _(site.kind.label)),
        (_("Lieu"), place),
        (_("Ouverture prévue"), day(site.opening_on) if site.opening_on else ""),
        (_("Référence de site"), " – ".join(filter(None, (site.referent_name, site.referent_email)))),
    ]
    told = [
        _("{column} : {value}", column=label, value=show.escape(value)) for label, value in known if value
    ]
    st.markdown("  \n".join(told))


def checklist(site: SiteDetail) -> None:
    """Each step of the activation, said by word and date."""
    st.header(_("Liste d'activation"))
    told = {
        _("Étape"): [_(step.label) for step in site.steps],
        _("Fait le"): [day(done) if done else _("à faire") for done in site.steps.values()],
    }
    st.table(told, border="horizontal", hide_index=True, alt=_("Liste d'activation"))


def story(actor: Actor, events: Sequence[EventRow]) -> None:
    """The changes of state, latest first."""
    st.header(_("Historique du site"))
    columns = [
        OutColumn(_("Date d'effet"), Cells.DATE),
        OutColumn(_("État")),
        OutColumn(_("Motif")),
        OutColumn(_("Enregistré")),
    ]
    cells = []
    for event in events:
        who = event.by or (_("Ligne de commande") if event.account_id == 0 else "")
        recorded = _("{when} par {who}", when=moment(event.at), who=who) if who else moment(event.at)
        cells.append((event.effective_on, event.to_state, event.reason, recorded))
    show.table(cells, columns, _("Historique du site"), actor, empty=_("Aucun changement enregistré."))
