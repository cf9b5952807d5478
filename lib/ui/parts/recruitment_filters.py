"""The filters of the recruitment screen, kept in its address."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from lib.i18n import _
from lib.journey.rules import Wave
from lib.recruitment.rules import Filters
from lib.ui import filters

MONTHS_BACK = 36
KEYS = ("wave", "region", "site", "period", "period_to")


def asked_in_address() -> Filters:
    """The filters before they are drawn: of this session, or of the address that was opened."""
    said = {key: st.session_state.get(key) or filters.current(key) for key in KEYS}
    return _filters(said)


def _filters(said: Mapping[str, str | None]) -> Filters:
    site = said.get("site") or ""
    return Filters(
        wave=said.get("wave") if said.get("wave") in set(Wave) else None,
        region=said.get("region") or None,
        site=int(site) if site.isdecimal() else None,
        since=_month(said.get("period")),
        until=_month(said.get("period_to")),
    )


def _month(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text).replace(day=1) if text else None
    except ValueError:
        return None


def ask(sites: Mapping[str, str], regions: Mapping[str, str], today: date) -> Filters:
    """Draw the filters; what the address asks for and does not exist counts for nothing."""
    with st.expander(_("Filtrer"), icon=":material/filter_alt:", expanded=not asked_in_address().everybody):
        with st.grid(min_column_width=176):
            waves = {wave.value: _(wave.label) for wave in Wave}
            said: dict[str, str | None] = {"wave": filters.choice(_("Vague"), "wave", waves)}
            said["region"] = filters.choice(_("Région"), "region", regions)
            said["site"] = filters.choice(_("Site"), "site", sites, none=_("Tous"))
        since, until = filters.period(_("Orientation"), _months(today), "period")
    said |= {"period": str(since) if since else None, "period_to": str(until) if until else None}
    return _filters(said)


def _months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS_BACK:
        last = months[-1]
        months.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    return months
