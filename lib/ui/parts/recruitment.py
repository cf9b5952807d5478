"""The recruitment screen, piece by piece: key figures, curve, flow, losses and sites."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from lib.access import Actor, Permission
from lib.i18n import _, plural
from lib.i18n.formats import day, number, percent
from lib.journey.rules import WAVE_TARGETS, State
from lib.pilot.rules import PARTICIPANTS, Point, planned_at
from lib.recruitment import charts
from lib.recruitment.queries import SiteLine, Week
from lib.recruitment.rules import (
    SMALLEST_SHOWN,
    Box,
    Count,
    Filters,
    cumulative,
    flow_of,
    included_by_wave,
    masked_losses,
    masked_rows,
    reached,
)
from lib.sheets.out import Kind, OutColumn
from lib.ui import downloads, show, tables

HIDDEN = "–"
SITES_SHOWN = 15


@dataclass(frozen=True)
class Figures:
    """What the figures of one view are computed from."""

    asked: Filters
    counts: Sequence[Count]
    weeks: Sequence[Week]
    plan: Sequence[Point]
    today: date

    @property
    def flow(self) -> tuple[Box, ...]:
        return flow_of(self.counts)

    @property
    def line(self) -> Sequence[Point]:
        """The plan is one for the whole pilot: beside a part of it the line would mislead."""
        return self.plan if self.asked.everybody else ()

    @property
    def totals(self) -> list[tuple[date, int]]:
        return cumulative((week.monday, week.n) for week in self.weeks)


def too_few(actor: Actor, figures: Figures) -> bool:
    """Whether these filters leave fewer people than this role may see anything about."""
    n = reached(figures.flow, State.IDENTIFIED)
    return not actor.may(Permission.DECIDE_PATH) and 0 < n < SMALLEST_SHOWN


def key_figures(figures: Figures) -> None:
    """Oriented, eligible, informed, included, each with what it means."""
    steps = (State.IDENTIFIED, State.ELIGIBLE, State.INFORMED, State.CONSENTED)
    oriented, eligible, informed, included = (reached(figures.flow, step) for step in steps)
    show.figures(
        [
            show.Figure(_("Orientées"), number(oriented), _("personnes repérées par les sites")),
            show.Figure(_("Éligibles"), number(eligible), _share(eligible, oriented, _("des orientées"))),
            show.Figure(_("Informées"), number(informed), _share(informed, eligible, _("des éligibles"))),
            show.Figure(_("Incluses"), number(included), _against(included, informed, figures)),
        ]
    )
    if figures.asked.everybody:
        by_wave = included_by_wave(figures.counts)
        said = [
            _("{wave} : {n} sur {target}", wave=_(wave.label), n=number(by_wave[wave]), target=target)
            for wave, target in WAVE_TARGETS.items()
        ]
        st.caption(_("Inclusions par vague.") + " " + ", ".join(said))


def _share(part: int, whole: int, of: str) -> str:
    return f"{percent(part / whole)} {of}" if whole else ""


def _against(included: int, informed: int, figures: Figures) -> str:
    """The target and the plan for the whole pilot; a share beside a part of it."""
    planned = planned_at(figures.line, figures.today)
    if not figures.asked.everybody:
        return _share(included, informed, _("des informées"))
    target = _("objectif {n}", n=PARTICIPANTS)
    if planned is None:
        return target
    return f"{target}, {behind(included - round(planned))}"


def behind(difference: int) -> str:
    """How far from the plan, in words."""
    if difference == 0:
        return _("comme prévu à cette date")
    if difference > 0:
        return plural(difference, "{n} de plus que prévu à cette date", "{n} de plus que prévu à cette date")
    return plural(-difference, "{n} de moins que prévu à cette date", "{n} de moins que prévu à cette date")


def curve(actor: Actor, figures: Figures) -> None:
    """Inclusions in all against the planned line."""
    st.header(_("Inclusions dans le temps"))
    rows = charts.curve_rows(figures.totals, figures.line, figures.today)
    if not rows:
        st.caption(_("La courbe apparaîtra avec la première inclusion."))
        return
    columns = [
        OutColumn(_("Au"), Kind.DATE, _("Dernier jour de la semaine, ou aujourd'hui")),
        OutColumn(_("Réalisé"), Kind.WHOLE, _("Inclusions depuis le début")),
        OutColumn(
            _("Prévu"), Kind.NUMBER, _("Inclusions prévues depuis le début, d'après le plan en vigueur")
        ),
    ]
    show.chart(
        charts.inclusions(figures.totals, figures.line, figures.today, show.is_dark()),
        rows,
        columns,
        _("Inclusions dans le temps"),
        charts.inclusions_in_words(figures.totals, figures.line, figures.today),
        actor,
    )


def flow(actor: Actor, figures: Figures) -> None:
    """The flow as bars, and its losses with their reasons."""
    boxes = figures.flow
    columns = [OutColumn(_("Étape")), OutColumn(_("Devenir")), OutColumn(_("Personnes"), Kind.WHOLE)]
    show.chart(
        charts.flow_bars(boxes, show.is_dark()),
        charts.flow_rows(boxes),
        columns,
        _("Du repérage à l'inclusion"),
        charts.flow_in_words(boxes),
        actor,
    )


def losses(actor: Actor, figures: Figures) -> None:
    """Who left the way, where and why; refusing is a right and is counted like the rest."""
    masks = not actor.may(Permission.DECIDE_PATH)
    rows = [row for box in figures.flow for row in (_without_small(box) if masks else _with_reasons(box))]
    columns = [
        OutColumn(_("Étape atteinte")),
        OutColumn(_("Issue")),
        OutColumn(_("Motif")),
        OutColumn(_("Personnes"), Kind.WHOLE),
    ]
    show.table(rows, columns, _("Sorties du parcours"), actor, empty=_("Personne n'a quitté le parcours."))
    if masks and rows:
        _explain_hidden()


def _with_reasons(box: Box) -> list[tuple[str, str, str, object]]:
    step = _(box.step.label)
    return [
        (step, _(loss.state.label), _(loss.reason.label) if loss.reason else "", loss.n)
        for loss in box.losses
    ]


def _without_small(box: Box) -> list[tuple[str, str, str, object]]:
    """The reasons of at least five people; the others together, when they are that many."""
    kept = tuple(loss for loss in masked_losses(box.losses) if loss.n is not None)
    rows = _with_reasons(replace(box, losses=kept))
    rest = box.lost - sum(loss.n or 0 for loss in kept)
    if rest:
        n = rest if rest >= SMALLEST_SHOWN else HIDDEN
        rows.append((_(box.step.label), _("Autres issues et motifs"), "", n))
    return rows


def sites(actor: Actor, lines: Sequence[SiteLine]) -> None:
    """Every site: open days, people, inclusions against its target."""
    counts = [(line.referred, line.eligible, line.included) for line in lines]
    masks = not actor.may(Permission.DECIDE_PATH)
    shown: Sequence[Sequence[int | None]] = masked_rows(counts) if masks else counts
    rows = [
        (
            line.name,
            *(HIDDEN if n is None else n for n in numbers),
            *(line.target, line.open_days, line.state, line.region),
        )
        for line, numbers in zip(lines, shown, strict=True)
    ]
    whole = Kind.WHOLE
    columns = [
        OutColumn(_("Site")),
        *(
            OutColumn(_("Orientées"), whole),
            OutColumn(_("Éligibles"), whole),
            OutColumn(_("Incluses"), whole),
        ),
        OutColumn(_("Objectif"), whole, _("Inclusions attendues de ce site")),
        OutColumn(_("Jours d'ouverture"), whole, _("Jours passés à l'état activé")),
        *(OutColumn(_("État")), OutColumn(_("Région"))),
    ]
    _first_sites(actor, rows, columns, [f"/site?site={line.id}" for line in lines])
    if masks and rows:
        _explain_hidden()


def _first_sites(actor: Actor, rows: show.Rows, columns: Sequence[OutColumn], links: Sequence[str]) -> None:
    """As many sites as are read at a glance, and all of them when asked for; the downloads always hold all."""
    name, n = _("Recrutement par site"), len(rows)
    if n <= SITES_SHOWN:
        show.table(rows, columns, name, actor, empty=_("Aucun site."), links=links)
        return
    place = st.container()
    shown = n if st.toggle(_("Afficher tous les sites ({n})", n=n), key="all-sites") else SITES_SHOWN
    cells = [
        [show.cell(value, column.kind) for value, column in zip(row, columns, strict=True)]
        for row in rows[:shown]
    ]
    with place:
        tables.draw(cells, columns, name, links[:shown])
    downloads.offer(rows, columns, name, actor)


def _explain_hidden() -> None:
    st.caption(
        _(
            "{sign} : nombre masqué, car il porte sur moins de {n} personnes ou permettrait de le calculer.",
            sign=HIDDEN,
            n=SMALLEST_SHOWN,
        )
    )


def as_of(today: date) -> None:
    """The day the figures are of, and how they are kept up to date."""
    st.caption(_("Au {on}. Cette page se met à jour toute seule.", on=day(today)))
