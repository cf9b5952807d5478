"""The first screen of each role: what it came for, and what comes next."""

from collections.abc import Callable, Mapping

import streamlit as st

from lib import clock
from lib.access import Actor, Permission, Role
from lib.accounts.queries import accounts
from lib.accounts.rules import AccountState
from lib.db import read
from lib.i18n import N_, _, plural
from lib.i18n.formats import number
from lib.journey.queries import PeopleFilter, count_people, people
from lib.journey.rules import State
from lib.pilot.rules import COUNSELLORS
from lib.recruitment import queries
from lib.recruitment.queries import Task, TaskCount
from lib.recruitment.rules import Filters, reached
from lib.sites.queries import site_options
from lib.training.queries import register_count
from lib.ui import live, show
from lib.ui.parts import people as people_part
from lib.ui.parts import recruitment

NOBODY = Filters()
LATEST = 8
RECRUITMENT, PEOPLE, ORIENT = (
    "pages/recruitment/overview.py",
    "pages/people/list.py",
    "pages/people/orient.py",
)
IMPORT, COUNSELLOR_LIST = "pages/imports/files.py", "pages/training/counsellors.py"
SAID = {
    Task.TO_INFORM: (N_("{n} personne à informer"), N_("{n} personnes à informer")),
    Task.TO_RECONTACT: (N_("{n} personne à recontacter"), N_("{n} personnes à recontacter")),
    Task.WAITING: (
        N_("{n} personne en attente depuis plus de 14 jours"),
        N_("{n} personnes en attente depuis plus de 14 jours"),
    ),
}
SENTENCES = {
    Role.COUNSELLOR: N_(
        "Aucune personne ne vous est encore confiée. Quand ce sera le cas, vous trouverez ici vos prochains "
        "rendez-vous, les heures de chaque bilan et les documents à remettre."
    ),
    Role.PARTNER: N_(
        "Rien n'est encore publié. Les chiffres du pilote paraîtront ici chaque mois, une fois relus : "
        "toujours par groupes, jamais sur une personne."
    ),
}


def welcome(actor: Actor) -> None:
    """What this role sees first."""
    st.title(_("Bonjour {name}", name=show.escape(actor.name)))
    st.caption(_(actor.role.label))
    draw = SCREENS.get(actor.role)
    if draw is None:
        show.nothing_yet(_(SENTENCES[actor.role]))
    else:
        draw(actor)


def _study(actor: Actor) -> None:
    """Coordination and evaluation: where recruitment stands, kept up to date."""
    today = clock.today()
    asked = (site_options(), register_count(), *queries.overview(NOBODY, today))
    found = read(actor, *asked)
    live.follow(Permission.VIEW_HOME, asked, found)
    sites, registered, line, counts, _weeks, _sites, due, _lines = found
    seen = recruitment.Figures(NOBODY, counts, (), line, today)
    if not reached(seen.flow, State.IDENTIFIED) or not actor.may(Permission.VIEW_RECRUITMENT):
        _first_steps(actor, bool(sites), bool(registered[0].counsellors))
        return
    if actor.may(Permission.DECIDE_PATH):
        _due(due[0])
    if not recruitment.too_few(actor, seen):
        recruitment.key_figures(seen)
    st.page_link(RECRUITMENT, label=_("Voir le recrutement en détail"), icon=":material/monitoring:")


def _due(counts: TaskCount) -> None:
    """What needs doing, each with its way to it."""
    st.header(_("À faire"))
    waiting = [task for task in Task if counts.of(task)]
    if not waiting:
        st.caption(_("Rien n'attend aujourd'hui."))
    for task in waiting:
        one, many = SAID[task]
        st.page_link(RECRUITMENT, label=plural(counts.of(task), one, many), icon=":material/arrow_forward:")


def _first_steps(actor: Actor, sites: bool, counsellors: bool) -> None:
    """Three files to begin with; what is there already is marked as such."""
    if not actor.may(Permission.IMPORT_FILES):
        show.nothing_yet(_("Le pilote commence : les chiffres paraîtront ici avec les premières personnes."))
        return
    steps: Mapping[str, bool] = {
        _("Les sites qui orientent"): sites,
        _("Les personnes du conseil"): counsellors,
        _("Les personnes déjà orientées"): False,
    }
    st.markdown(_("Pour commencer, importez vos trois tableaux, dans cet ordre :"))
    for text, done in steps.items():
        icon = ":material/check_circle:" if done else ":material/radio_button_unchecked:"
        st.markdown(f"{icon} " + (_("{step} : c'est fait", step=text) if done else text))
    st.page_link(IMPORT, label=_("Importer un tableau"), icon=":material/upload_file:")
    st.caption(_("Sans tableau, enregistrez un site puis orientez une première personne."))


def _site(actor: Actor) -> None:
    """Own people, and the one thing a referent comes for."""
    st.page_link(ORIENT, label=_("Orienter une personne"), icon=":material/person_add:")
    found, counted = read(
        actor, people(actor, PeopleFilter(), limit=LATEST), count_people(actor, PeopleFilter())
    )
    st.header(_("Personnes orientées par votre site"))
    if not found:
        show.nothing_yet(_("Votre site n'a encore orienté personne. Le formulaire prend une minute."))
        return
    st.caption(people_part.how_many(counted[0]))
    people_part.lines(actor, found[:LATEST])
    st.page_link(PEOPLE, label=_("Voir toutes les personnes"), icon=":material/group:")


def _training(actor: Actor) -> None:
    """The register against the number of counsellors to train."""
    (counted,) = read(actor, register_count())
    seen = counted[0]
    if not seen.counsellors:
        show.nothing_yet(
            _("Le registre du conseil est vide."), _("Enregistrer une première personne"), COUNSELLOR_LIST
        )
        return
    target = _("{n} à former", n=COUNSELLORS)
    show.figures(
        [
            show.Figure(_("Volontaires"), number(seen.counsellors), target),
            show.Figure(_("Régions"), number(seen.regions), _("où quelqu'un peut mener un bilan")),
            show.Figure(_("Organismes"), number(seen.organisations)),
        ]
    )
    st.page_link(COUNSELLOR_LIST, label=_("Ouvrir le registre"), icon=":material/school:")


def _administration(actor: Actor) -> None:
    """Accounts that nobody has finished yet."""
    (waiting,) = read(actor, accounts(clock.now(), state=AccountState.WAITING))
    st.header(_("À faire"))
    if waiting:
        st.markdown(
            plural(
                len(waiting),
                "{n} compte attend que sa phrase de passe soit choisie.",
                "{n} comptes attendent que leur phrase de passe soit choisie.",
            )
        )
    else:
        st.caption(_("Tous les comptes sont utilisables."))
    st.page_link(
        "pages/administration/accounts.py", label=_("Gérer les comptes"), icon=":material/manage_accounts:"
    )
    st.page_link("pages/administration/audit.py", label=_("Lire le journal"), icon=":material/history:")


SCREENS: Mapping[Role, Callable[[Actor], None]] = {
    Role.COORDINATOR: _study,
    Role.EVALUATOR: _study,
    Role.SITE_REFERENT: _site,
    Role.TRAINER: _training,
    Role.ADMIN: _administration,
}
