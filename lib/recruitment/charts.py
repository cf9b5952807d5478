"""Charts of recruitment: built and validated once for each language and theme, then given their rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt

from lib.i18n import Language, _, language, plural
from lib.i18n.formats import day
from lib.pilot.rules import Point, planned_at
from lib.recruitment.rules import Box
from lib.theme import altair_config, palette

Specification = dict[str, Any]
CurveRow = tuple[date, str, float]
FlowRow = tuple[str, str, int]


def curve_rows(
    totals: Sequence[tuple[date, int]], plan: Sequence[Point], today: date
) -> list[tuple[date, int, float | None]]:
    """Date, inclusions in all, planned in all: week by week, up to today; then the plan's own dates."""
    if not totals and not plan:
        return []
    known = dict(totals)
    first = min([*known, *(point.on for point in plan[:1])], default=today)
    monday = first - timedelta(days=first.weekday())
    rows: list[tuple[date, int, float | None]] = []
    total = 0
    while monday <= today:
        total = known.get(monday, total)
        sunday = min(monday + timedelta(days=6), today)
        rows.append((sunday, total, planned_at(plan, sunday)))
        monday += timedelta(days=7)
    return rows


def inclusions(
    totals: Sequence[tuple[date, int]], plan: Sequence[Point], today: date, dark: bool
) -> Specification:
    """Inclusions in all, week by week, against the planned line."""
    done, planned = _("Réalisé"), _("Prévu")
    values: list[CurveRow] = [(on, done, float(n)) for on, n, _planned in curve_rows(totals, plan, today)]
    values += [(point.on, planned, float(point.inclusions)) for point in plan]
    rows = [{"on": on.isoformat(), "line": line, "n": n} for on, line, n in values]
    return {**_inclusions(language(), dark), "data": {"values": rows}}


@cache
def _inclusions(_code: Language, dark: bool) -> Specification:
    names, colours = [_("Réalisé"), _("Prévu")], palette(dark).categorical
    line = alt.Chart(alt.UrlData(url="rows"), height=300, width="container").mark_line(interpolate="linear")
    encoded = line.encode(
        x=alt.X("on:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6, labelOverlap=True)),
        y=alt.Y("n:Q", title=_("Inclusions depuis le début"), axis=alt.Axis(tickMinStep=1, format=",d")),
        color=alt.Color("line:N", scale=alt.Scale(domain=names, range=list(colours[:2]))),
        strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]])),
        tooltip=[
            alt.Tooltip("on:T", title=_("Date"), format="%d/%m/%Y"),
            alt.Tooltip("line:N", title=_("Courbe")),
            alt.Tooltip("n:Q", title=_("Inclusions"), format=",.0f"),
        ],
    )
    return _specification(encoded, dark)


def inclusions_in_words(totals: Sequence[tuple[date, int]], plan: Sequence[Point], today: date) -> str:
    """What the curve shows, for those who do not see it."""
    total = totals[-1][1] if totals else 0
    said = plural(
        total,
        "Courbe des inclusions : {n} inclusion au {on}.",
        "Courbe des inclusions : {n} inclusions au {on}.",
        on=day(today),
    )
    planned = planned_at(plan, today)
    if planned is None:
        return said
    return said + " " + plural(round(planned), "{n} était prévue.", "{n} étaient prévues.")


def flow_rows(flow: Sequence[Box]) -> list[FlowRow]:
    """Step, what became of the people who reached it, how many; each step's rows add up to its box."""
    following = [*(box.n for box in flow[1:]), 0]
    last = len(flow) - 1
    rows: list[FlowRow] = []
    for place, (box, after) in enumerate(zip(flow, following, strict=True)):
        going_on = box.waiting if place == last else after
        waiting = 0 if place == last else box.waiting
        parts = zip(_fates(), (going_on, waiting, box.deferred, box.lost), strict=True)
        rows += [(_(box.step.label), fate, n) for fate, n in parts]
    return rows


def _fates() -> list[str]:
    return [_("Étape suivante"), _("En attente"), _("À recontacter"), _("Sorties du parcours")]


def flow_bars(flow: Sequence[Box], dark: bool) -> Specification:
    """One bar for each step, divided by what became of the people who reached it."""
    totals = {_(box.step.label): box.n for box in flow}
    order = _fates()
    rows = [
        {"step": step, "fate": fate, "order": order.index(fate), "n": n, "total": totals[step]}
        for step, fate, n in flow_rows(flow)
    ]
    return {**_flow(language(), dark), "data": {"values": rows}}


@cache
def _flow(_code: Language, dark: bool) -> Specification:
    colours = palette(dark)
    marks = [colours.categorical[0], colours.categorical[3], colours.categorical[5], colours.muted]
    steps = alt.Y("step:N", sort=None, title=None, axis=alt.Axis(labelLimit=180))
    base = alt.Chart(alt.UrlData(url="rows"), height=alt.Step(44), width="container")
    bars = base.mark_bar().encode(
        x=alt.X("sum(n):Q", title=_("Personnes"), axis=alt.Axis(tickMinStep=1, tickCount=8, format=",d")),
        y=steps,
        color=alt.Color("fate:N", scale=alt.Scale(domain=_fates(), range=marks)),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("step:N", title=_("Étape")),
            alt.Tooltip("fate:N", title=_("Devenir")),
            alt.Tooltip("sum(n):Q", title=_("Personnes"), format=",d"),
        ],
    )
    numbers = base.mark_text(align="left", dx=6, fontWeight="bold").encode(
        x=alt.X("max(total):Q"), y=steps, text=alt.Text("max(total):Q", format=",d")
    )
    return _specification(bars + numbers, dark)


def flow_in_words(flow: Sequence[Box]) -> str:
    """The flow, for those who do not see it."""
    said = [_("{step} : {n}", step=_(box.step.label), n=box.n) for box in flow]
    return _("Du repérage à l'inclusion.") + " " + ", ".join(said) + "."


def _specification(chart: alt.Chart | alt.LayerChart, dark: bool) -> Specification:
    """Validate the chart, once; its rows are bound later."""
    built: Specification = chart.configure(**altair_config(dark)).to_dict()
    built.pop("datasets", None)
    built.pop("data", None)
    return built
