"""Bring a spreadsheet in: choose what it holds, drop it, see what is ready and what is to mend, save."""

import streamlit as st

from lib import clock
from lib.access import Permission
from lib.db import read
from lib.i18n import _, plural
from lib.i18n.formats import moment
from lib.pilot.queries import past_imports
from lib.refusal import Refusal
from lib.ui import forms, guard, messages
from lib.ui.parts import import_choices, import_files
from lib.ui.parts.importers import IMPORTERS, result

actor = guard.require(Permission.IMPORT_FILES)

st.title(_("Importer un tableau"))
st.markdown(_("Déposez un fichier de votre tableur. Rien n'est enregistré avant votre accord."))
if said := st.session_state.get("import-said"):
    st.success(said, icon=":material/check_circle:")

kind = st.radio(
    _("Que contient le fichier ?"),
    list(IMPORTERS),
    format_func=lambda code: _(IMPORTERS[code].title),
    horizontal=True,
    key="import-kind",
)
importer = IMPORTERS[kind]
file = st.file_uploader(
    _("Le fichier (.xlsx, .xls, .ods ou .csv ; 20 Mo au plus)"), key=forms.field(import_files.FORM, "file")
)
if file is None:
    import_files.forget()
    import_files.expected(actor, importer)
    st.stop()

st.session_state.pop("import-said", None)
try:
    found = import_files.dropped(actor, importer, file)
except Refusal as refusal:
    import_files.forget()
    messages.refused(refusal)
    st.stop()

(former,) = read(actor, past_imports(found.digest))
if former:
    st.info(
        _(
            "Ce même fichier a déjà été importé le {when}. Rien ne sera compté deux fois.",
            when=moment(former[0].at),
        ),
        icon=":material/history:",
    )
import_files.figures(found.preview)
import_choices.columns(actor, found)
import_choices.names(actor, found)

ready, rejected = len(found.preview.ready), len(found.preview.rejected)
if ready:
    st.markdown(
        _("Toutes les lignes prêtes sont enregistrées en une fois, ou aucune.")
        if not rejected
        else plural(
            rejected,
            "Les lignes prêtes sont enregistrées en une fois, ou aucune ; la ligne à corriger attendra.",
            "Les lignes prêtes sont enregistrées en une fois, ou aucune ; les {n} lignes à corriger attendront.",
        )
    )
    label = plural(ready, "Enregistrer la ligne prête", "Enregistrer les {n} lignes prêtes")
    if st.button(label, type="primary", key="import-save", icon=":material/save:"):
        forms.submitted(
            import_files.FORM,
            lambda db: importer.save(db, actor, found.preview, found.digest, clock.today()),
            actor,
            done=result,
            then=lambda saved: st.session_state.update({"import-said": result(saved)}),
        )
import_files.to_mend(actor, found.preview)
