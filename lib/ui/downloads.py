"""Downloads next to what they download, each of them logged."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from lib import clock, journal
from lib.access import Actor, Permission
from lib.accounts import commands as accounts
from lib.audit import commands as audit
from lib.db import acting_as
from lib.i18n import _, use_language
from lib.refusal import NotAllowed, Refusal
from lib.sheets.out import OutColumn, csv_french, workbook
from lib.ui import session

Rows = Sequence[Sequence[object]]


def offer(rows: Rows, columns: Sequence[OutColumn], name: str, actor: Actor) -> None:
    """CSV and XLSX of these rows, for those who may take lists away."""
    if not actor.may(Permission.EXPORT_LISTS):
        return
    logged = _logged(actor, name, len(rows), columns)
    with st.container(horizontal=True, gap="small"):
        _button(
            _("Excel"),
            _("{name} en Excel", name=name),
            logged(lambda: workbook(name, columns, rows)),
            name,
            "xlsx",
        )
        _button(
            _("CSV"), _("{name} en CSV", name=name), logged(lambda: csv_french(columns, rows)), name, "csv"
        )


def picture(specification: dict[str, Any], name: str, actor: Actor) -> None:
    """The chart as a PNG, two and a half times its size on screen."""
    if actor.may(Permission.EXPORT_LISTS):
        make = _logged(actor, name, 0, ())(lambda: png(specification))
        _button(_("Image"), _("{name} en image", name=name), make, name, "png")


def png(specification: dict[str, Any]) -> bytes:
    import vl_convert  # starts a JavaScript engine: only when somebody wants a picture

    from lib.theme import FONTS

    vl_convert.register_font_directory(str(FONTS))
    whole = {"width": 900, "height": 420, **specification}
    if whole["width"] == "container":
        whole["width"] = 900
    return bytes(vl_convert.vegalite_to_png(whole, scale=2.5))


def file_name(name: str, ending: str) -> str:
    """A plain name with today's date: file names travel, so they name no person and no illness."""
    plain = re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")
    return f"pilote-{plain}-{clock.today():%Y-%m-%d}.{ending}"


def _plain(name: str) -> str:
    from lib.sheets.text import key

    return key(name)


def while_signed_in(actor: Actor, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The file is made between two runs, when no page checks the session: it is checked here, as a run would."""
    known = session.session_id()

    def build() -> bytes:
        use_language(actor.language)  # built in another thread, which starts in French
        try:
            found = accounts.current(known) if known is not None else None
            if found is None or replace(found[0], language=actor.language) != actor:
                raise NotAllowed
            return make()
        except Refusal:
            raise
        except Exception as error:  # Streamlit logs it with its message, which may quote a row: ours does not
            raise RuntimeError(journal.fault(error)) from None

    return build


def _logged(
    actor: Actor, what: str, rows: int, columns: Sequence[OutColumn]
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """The file is made only when it is asked for, and the asking is written down first."""

    def wrap(make: Callable[[], bytes]) -> Callable[[], bytes]:
        def build() -> bytes:
            with acting_as(actor) as db:
                audit.log_export(db, actor, what, rows, [column.header for column in columns])
            return make()

        return while_signed_in(actor, build)

    return wrap


def _button(label: str, alt: str, make: Callable[[], bytes], name: str, ending: str) -> None:
    st.download_button(
        label,
        make,
        file_name=file_name(name, ending),
        key=f"{ending}-{name}",
        help=alt,
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
