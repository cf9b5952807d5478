"""The screen that brings a spreadsheet in: read it once, show what is ready and what is to mend."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import clock
from lib.access import Actor
from lib.i18n import _, plural
from lib.i18n.formats import number
from lib.sheets.bad_cells import NearName, NotKnown
from lib.sheets.importing import Importer, digest_of
from lib.sheets.near import Proposal
from lib.sheets.out import OutColumn, workbook
from lib.sheets.preview import Preview, Problem, preview
from lib.sheets.rejected import rejected_workbook
from lib.sheets.source import RawTable, open_file
from lib.sheets.text import key
from lib.ui import downloads, show
from lib.ui.parts.importers import IMPORTERS

FORM = "import"
_DROPPED = "import-dropped"
MOST_SHOWN = 100
MOST_NAMES = 15


@dataclass
class Dropped:
    """A file that was read once, with what the person decided about its columns and names since."""

    kind: str
    upload: str
    digest: bytes
    tables: list[RawTable]
    preview: Preview
    accepted: dict[str, object] = field(default_factory=dict)
    mapping: dict[str, int] | None = None
    sheet_name: str | None = None

    @property
    def importer(self) -> Importer:
        return IMPORTERS[self.kind]

    def read_again(self, actor: Actor) -> None:
        """Preview anew, after a decision of the person."""
        self.preview = _previewed(actor, self.importer, self.tables, self)

    @property
    def near(self) -> dict[str, tuple[Proposal[Any], ...]]:
        """Names that look like recorded ones, each once, with what they look like."""
        refusals = [one.refusal for one in self.preview.to_mend if isinstance(one.refusal, NearName)]
        return {refusal.values["value"]: refusal.values["proposals"] for refusal in refusals}

    @property
    def unknown(self) -> list[str]:
        """Names that stand for nothing recorded and look like nothing recorded, each once."""
        refusals = [one.refusal for one in self.preview.to_mend if isinstance(one.refusal, NotKnown)]
        return sorted(
            {key(refusal.values["value"]): refusal.values["value"] for refusal in refusals}.values()
        )


def dropped(actor: Actor, importer: Importer, upload: UploadedFile) -> Dropped:
    """The file as read: once for each time it is dropped, however often the page runs.

    Raises an UnreadableFile.
    """
    known: Dropped | None = st.session_state.get(_DROPPED)
    if known and (known.kind, known.upload) == (importer.kind, upload.file_id):
        return known
    content = upload.getvalue()
    with st.spinner(_("Ouverture du fichier…")):
        tables = open_file(upload.name, content)
    seen = _previewed(actor, importer, tables)
    found = Dropped(importer.kind, upload.file_id, digest_of(content), tables, seen)
    st.session_state[_DROPPED] = found
    return found


def forget() -> None:
    """Keep nothing of the file once its rows are saved or it was taken away."""
    st.session_state.pop(_DROPPED, None)


def _previewed(
    actor: Actor, importer: Importer, tables: list[RawTable], decided: Dropped | None = None
) -> Preview:
    """The preview, with a bar that moves while rows are checked."""
    sheet = importer.sheet(actor, clock.today(), decided.accepted if decided else {})
    bar = st.progress(0.0, text=_("Vérification des lignes…"))

    def tell(done: int, total: int) -> None:
        told = _("{done} lignes vérifiées sur {total}", done=number(done), total=number(total))
        bar.progress(done / max(total, 1), text=told)

    seen = preview(
        tables,
        sheet,
        mapping=decided.mapping if decided else None,
        progress=tell,
        sheet_name=decided.sheet_name if decided else None,
    )
    bar.empty()
    return seen


def figures(seen: Preview) -> None:
    """What was found, in four figures."""
    left_out = seen.ignored
    note = _(
        "vides : {blank}, totaux : {totals}, titres et notes : {others}",
        blank=left_out.blank,
        totals=len(left_out.totals),
        others=len(left_out.titles) + len(left_out.notes),
    )
    show.figures(
        [
            show.Figure(
                _("Lignes lues"),
                number(seen.rows),
                _("feuille « {sheet} »", sheet=show.escape(seen.sheet_name)),
            ),
            show.Figure(_("Prêtes"), number(len(seen.ready)), _("elles peuvent être enregistrées")),
            show.Figure(_("À corriger"), number(len(seen.rejected)), _("elles ne seront pas enregistrées")),
            show.Figure(_("Ignorées"), number(left_out.count), note),
        ]
    )


def to_mend(actor: Actor, seen: Preview) -> None:
    """The rows to mend with what is wrong and what is expected, and the workbook to mend them in."""
    if not seen.to_mend:
        return
    st.header(_("À corriger dans la feuille « {sheet} »", sheet=show.escape(seen.sheet_name)))
    shown = [_told(one) for one in seen.to_mend[:MOST_SHOWN]]
    heads = (_("Ligne"), _("Colonne"), _("Ce qui ne va pas"), _("Attendu"))
    cells = {head: [show.escape(row[place]) for row in shown] for place, head in enumerate(heads)}
    st.table(cells, border="horizontal", hide_index=True, alt=_("Lignes à corriger"))
    if len(seen.to_mend) > MOST_SHOWN:
        more = len(seen.to_mend) - MOST_SHOWN
        st.caption(plural(more, "Et {n} autre, dans le fichier.", "Et {n} autres, dans le fichier."))
    st.download_button(
        _("Télécharger les lignes à corriger (Excel)"),
        downloads.while_signed_in(actor, lambda: rejected_workbook(seen)),
        file_name=downloads.file_name(f"{seen.sheet.title} a corriger", "xlsx"),
        key="rejected",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(_("Corrigez ces lignes dans votre fichier ou dans celui-ci, puis déposez-le à nouveau."))


def _told(one: Problem) -> tuple[str, str, str, str]:
    wrong, marker, expected = one.problem.partition(_("Attendu :"))
    return str(one.row), one.column.strip(), wrong.strip(), expected.strip() if marker else ""


def expected(actor: Actor, importer: Importer) -> None:
    """Which columns are understood, and an empty workbook to begin with."""
    st.markdown(_(importer.about))
    with st.expander(
        _("Quelles colonnes ?"), key=f"expected-{importer.kind}", on_change="rerun"
    ) as explained:
        if not explained.open:
            return
        columns = importer.sheet(actor, clock.today(), {}).columns
        st.table(
            {
                _("Colonne"): [_(column.title) for column in columns],
                _("Nécessaire"): [_("oui") if column.needed else _("non") for column in columns],
                _("Autres noms reconnus"): [", ".join(column.synonyms[:4]) for column in columns],
            },
            border="horizontal",
            hide_index=True,
        )
        heads = [OutColumn(column.title) for column in columns]
        st.download_button(
            _("Télécharger un modèle vide (Excel)"),
            downloads.while_signed_in(actor, lambda: workbook(importer.title, heads, [], codebook=False)),
            file_name=f"modele-{importer.kind}.xlsx",
            key=f"template-{importer.kind}",
            icon=":material/download:",
            on_click="ignore",
        )
