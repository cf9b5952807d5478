"""What a person decides about a file before saving it: which column is which, whose name is meant."""

import streamlit as st

from lib.access import Actor
from lib.i18n import _, plural
from lib.refusal import Refusal
from lib.ui import messages, show
from lib.ui.parts.import_files import MOST_NAMES, Dropped


def columns(actor: Actor, file: Dropped) -> None:
    """The columns as they were recognised; any of them can be chosen otherwise."""
    seen = file.preview
    label = plural(len(seen.mapping), "{n} colonne reconnue", "{n} colonnes reconnues")
    with (
        st.expander(label, expanded=bool(seen.missing)),
        st.form(f"columns-{file.digest.hex()}", border=False),
    ):
        if seen.unmapped:
            st.caption(
                _("Colonnes qui ne sont pas lues : {names}", names=show.escape(", ".join(seen.unmapped)))
            )
        names = (seen.sheet_name, *seen.other_sheets)
        wanted = st.selectbox(_("Feuille"), names) if len(names) > 1 else seen.sheet_name
        chosen: dict[str, int] = {}
        with st.grid(min_column_width=220):
            for column in seen.sheet.columns:
                index = _choose(file, column.name, _(column.title), column.needed)
                if index is not None:
                    chosen[column.name] = index
        if st.form_submit_button(_("Relire avec ces colonnes"), icon=":material/refresh:"):
            other = wanted != seen.sheet_name
            _decide(actor, file, None if other else chosen, wanted)


def _choose(file: Dropped, name: str, title: str, needed: bool) -> int | None:
    """One column of the plan: the header that stands for it, or none."""
    seen = file.preview
    choices: list[int | None] = [None, *seen.headers]
    at = seen.mapping.get(name)
    return st.selectbox(
        _("{title} (nécessaire)", title=title) if needed else title,
        choices,
        index=choices.index(at) if at in choices else 0,
        format_func=lambda index: _("absente du fichier") if index is None else seen.headers[index],
        key=f"column-{name}-{file.digest.hex()}-{seen.sheet_name}",
    )


def _decide(actor: Actor, file: Dropped, mapping: dict[str, int] | None, sheet: str | None) -> None:
    former = file.mapping, file.sheet_name
    file.mapping, file.sheet_name = mapping, sheet
    try:
        file.read_again(actor)
    except Refusal as refusal:
        file.mapping, file.sheet_name = former
        messages.refused(refusal)
    else:
        st.rerun()


def names(actor: Actor, file: Dropped) -> None:
    """Names that look like recorded ones: the person says who is meant, nothing is merged unseen."""
    if file.accepted:
        _accepted(actor, file)
    if file.near:
        _propose(actor, file)
    if file.unknown:
        told = ", ".join(f"« {show.escape(name)} »" for name in file.unknown[:MOST_NAMES])
        more = "…" if len(file.unknown) > MOST_NAMES else ""
        st.info(
            plural(
                len(file.unknown),
                "{n} nom de site n'est pas encore enregistré : {names}. Importez d'abord le tableau des sites, "
                "ou ajoutez ce site à la page Sites, puis déposez ce fichier à nouveau.",
                "{n} noms de sites ne sont pas encore enregistrés : {names}. Importez d'abord le tableau des "
                "sites, ou ajoutez-les à la page Sites, puis déposez ce fichier à nouveau.",
                names=told + more,
            ),
            icon=":material/local_hospital:",
        )


def _accepted(actor: Actor, file: Dropped) -> None:
    """What was decided so far, and a way back."""
    told = ", ".join(f"« {show.escape(name)} »" for name in file.accepted)
    st.caption(_("Noms rapprochés à votre demande : {names}.", names=told))
    if st.button(_("Annuler ces rapprochements"), key="forget-names", type="tertiary"):
        file.accepted.clear()
        file.read_again(actor)
        st.rerun()


def _propose(actor: Actor, file: Dropped) -> None:
    """One question for each name."""
    st.header(_("Des noms ressemblent à des noms connus"))
    st.markdown(_("Dites ce qu'il en est : rien n'est rapproché sans votre accord."))
    with st.form("near-names"):
        chosen: dict[str, object] = {}
        for typed, proposals in list(file.near.items())[:MOST_NAMES]:
            known = {proposal.name: proposal.value for proposal in proposals}
            picked = st.radio(
                _("« {name} » dans le fichier, c'est :", name=show.escape(typed)),
                [None, *known],
                format_func=lambda name: show.escape(name) if name else _("un autre, laisser à corriger"),
                key=f"near-{file.digest.hex()}-{typed}",
                horizontal=True,
            )
            if picked is not None:
                chosen[typed] = known[picked]
        if st.form_submit_button(_("Appliquer ces choix")) and chosen:
            file.accepted.update(chosen)
            file.read_again(actor)
            st.rerun()
