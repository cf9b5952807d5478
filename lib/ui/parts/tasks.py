"""What needs doing for people: how many, who has waited longest, and the decision recorded on the spot."""

from collections.abc import Sequence

import streamlit as st

from lib.access import Actor
from lib.i18n import N_, _
from lib.i18n.formats import number
from lib.recruitment.queries import LIST_LENGTH, Task, TaskCount, TaskLine
from lib.sheets.out import Kind, OutColumn
from lib.ui import show
from lib.ui.parts import decision

SHOWN = 5
MEANING = {
    Task.TO_INFORM: N_("Ces personnes sont éligibles et attendent l'information."),
    Task.TO_RECONTACT: N_("Ces personnes ont demandé à être recontactées ; la date est arrivée."),
    Task.WAITING: N_("Ces personnes attendent une prochaine étape de notre part."),
}


def board(actor: Actor, counts: TaskCount, lines: Sequence[TaskLine]) -> None:
    """One tab for each kind of task that somebody waits for."""
    st.header(_("À faire"))
    due = [task for task in Task if counts.of(task)]
    if not due:
        st.caption(
            _(
                "Rien n'attend : personne à informer ni à recontacter, "
                "personne en attente depuis plus de 14 jours."
            )
        )
        return
    names = [_("{task} : {n}", task=_(task.label), n=number(counts.of(task))) for task in due]
    for task, tab in zip(due, st.tabs(names, key="tasks", on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                _list(actor, task, counts.of(task), [line for line in lines if line.task is task])


def _list(actor: Actor, task: Task, n: int, lines: Sequence[TaskLine]) -> None:
    said = _(MEANING[task])
    if n > LIST_LENGTH:
        said += " " + _("Voici les {n} qui attendent depuis le plus longtemps.", n=LIST_LENGTH)
    st.caption(said)
    _decide(actor, task, lines)
    shown = lines if len(lines) <= SHOWN or _all_wanted(task, len(lines)) else lines[:SHOWN]
    columns, rows = _cells(task, shown)
    links = [f"/personne?code={line.code}" for line in shown]
    show.table(rows, columns, _(task.label), actor, links=links)


def _all_wanted(task: Task, n: int) -> bool:
    """The figures below stay in sight unless the whole list is asked for."""
    return st.toggle(_("Afficher les {n} premières personnes", n=n), key=f"all-{task.value}")


def _cells(task: Task, lines: Sequence[TaskLine]) -> tuple[list[OutColumn], list[tuple[object, ...]]]:
    """Code, site, and what tells these people apart; the state goes without saying where it is one for all."""
    columns = [OutColumn(_("Code")), OutColumn(_("Site")), OutColumn(_("Depuis le"), Kind.DATE)]
    common = [(line.code, line.site, line.since) for line in lines]
    match task:
        case Task.TO_INFORM:
            return columns, [*common]
        case Task.TO_RECONTACT:
            last, values = OutColumn(_("À recontacter le"), Kind.DATE), [line.recontact_on for line in lines]
            return [*columns, last], [(*row, value) for row, value in zip(common, values, strict=True)]
        case Task.WAITING:
            states = [line.state for line in lines]
            return [*columns, OutColumn(_("État"))], [
                (*row, state) for row, state in zip(common, states, strict=True)
            ]


def _decide(actor: Actor, task: Task, lines: Sequence[TaskLine]) -> None:
    by_code = {line.code: line for line in lines}
    chosen = st.selectbox(
        _("Enregistrer une décision pour"),
        list(by_code),
        index=None,
        placeholder=_("Choisir un code"),
        format_func=lambda code: f"{code} – {by_code[code].site}" if code in by_code else code,
        key=f"decide-{task.value}",
    )
    if chosen in by_code:
        with st.container(border=True):
            decision.form(actor, by_code[chosen])
