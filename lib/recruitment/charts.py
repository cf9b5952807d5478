"""Charts of recruitment, as plain Vega-Lite specifications that are built once, then given their rows.

Altair would take 0.5 s and 28 MB to write the same: it validates them in the tests instead (decision 0009).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from lib.i18n import Language, _, language, plural
from lib.i18n.formats import day
from lib.pilot.rules import Point, planned_at
from lib.recruitment.rules import Box
from lib.theme import chart_config, palette

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
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
    # a piece of line long enough to show its dashes: a dot would only tell the colour
    legend = {"symbolType": "stroke", "symbolSize": 700, "symbolStrokeWidth": 2.5}
    colour = {"scale": {"domain": names, "range": list(colours[:2])}, "legend": legend}
    dashes = {"scale": {"domain": names, "range": [[1, 0], [6, 4]]}, "legend": legend}
    months = {"format": "%b %Y", "tickCount": 6, "labelOverlap": True}
    return {
        **_frame(dark),
        "height": 300,
        "mark": {"type": "line", "interpolate": "linear"},
        "encoding": {
            "x": {**_field("on", "temporal", None), "axis": months},
            "y": {
                **_field("n", "quantitative", _("Inclusions depuis le début")),
                "axis": {"tickMinStep": 1, "format": ",d"},
            },
            "color": {"field": "line", "type": "nominal", **colour},
            "strokeDash": {"field": "line", "type": "nominal", **dashes},
            "tooltip": [
                {**_field("on", "temporal", _("Date")), "format": "%d/%m/%Y"},
                _field("line", "nominal", _("Courbe")),
                {**_field("n", "quantitative", _("Inclusions")), "format": ",.0f"},
            ],
        },
    }


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
    steps = {**_field("step", "nominal", None), "sort": None, "axis": {"labelLimit": 180}}
    people = {**_field("n", "quantitative", _("Personnes")), "aggregate": "sum"}
    total = {"field": "total", "type": "quantitative", "aggregate": "max"}
    bars = {
        "mark": {"type": "bar"},
        "encoding": {
            "x": {**people, "axis": {"tickMinStep": 1, "tickCount": 8, "format": ",d"}},
            "y": steps,
            "color": {"field": "fate", "type": "nominal", "scale": {"domain": _fates(), "range": marks}},
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [
                _field("step", "nominal", _("Étape")),
                _field("fate", "nominal", _("Devenir")),
                {**people, "format": ",d"},
            ],
        },
    }
    numbers = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold"},
        "encoding": {"x": total, "y": steps, "text": {**total, "format": ",d"}},
    }
    return {**_frame(dark), "height": {"step": 44}, "layer": [bars, numbers]}


def flow_in_words(flow: Sequence[Box]) -> str:
    """The flow, for those who do not see it."""
    said = [_("{step} : {n}", step=_(box.step.label), n=box.n) for box in flow]
    return _("Du repérage à l'inclusion.") + " " + ", ".join(said) + "."


def _frame(dark: bool) -> Specification:
    return {"$schema": SCHEMA, "width": "container", "config": chart_config(dark)}


def _field(name: str, kind: str, title: str | None) -> dict[str, Any]:
    return {"field": name, "type": kind, "title": title}
