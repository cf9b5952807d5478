"""The menu: every page of the product, who may open it, and where it stands."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import Actor, Permission, Role
from lib.i18n import N_, _
from lib.ui import signin


@dataclass(frozen=True)
class Entry:
    """A page: its script, its address, its name in the menu, and whose menu shows it (None: all who may open it).

    A page in nobody's menu is opened from others.
    """

    script: str
    url: str
    title: str
    icon: str
    permission: Permission
    menu_of: frozenset[Role] | None = None


NOBODY: frozenset[Role] = frozenset()

# Edit here to reorder the menu. Seven shown entries at most for any role; a page keeps its own guard as well.
ENTRIES = (
    Entry("pages/pilot/home.py", "", N_("Accueil"), "home", Permission.VIEW_HOME),
    Entry(
        "pages/recruitment/overview.py",
        "recrutement",
        N_("Recrutement"),
        "monitoring",
        Permission.VIEW_RECRUITMENT,
    ),
    Entry("pages/people/list.py", "personnes", N_("Personnes"), "group", Permission.VIEW_PEOPLE),
    Entry("pages/people/person.py", "personne", N_("Une personne"), "person", Permission.VIEW_PEOPLE, NOBODY),
    Entry(
        "pages/people/orient.py",
        "orienter",
        N_("Orienter"),
        "person_add",
        Permission.ORIENT_PERSON,
        frozenset({Role.SITE_REFERENT}),
    ),
    Entry("pages/sites/list.py", "sites", N_("Sites"), "local_hospital", Permission.VIEW_SITES),
    Entry("pages/sites/site.py", "site", N_("Un site"), "local_hospital", Permission.VIEW_SITES, NOBODY),
    Entry("pages/training/counsellors.py", "conseil", N_("Conseil"), "school", Permission.VIEW_COUNSELLORS),
    Entry("pages/imports/files.py", "import", N_("Importer"), "upload_file", Permission.IMPORT_FILES),
    Entry(
        "pages/administration/accounts.py",
        "comptes",
        N_("Comptes"),
        "manage_accounts",
        Permission.MANAGE_ACCOUNTS,
    ),
    Entry("pages/administration/audit.py", "journal", N_("Journal"), "history", Permission.VIEW_AUDIT),
    Entry("pages/releases/list.py", "publications", N_("Publications"), "newsmode", Permission.VIEW_RELEASES),
    Entry(
        "pages/account/mine.py",
        "mon-compte",
        N_("Mon compte"),
        "account_circle",
        Permission.EDIT_OWN_ACCOUNT,
        NOBODY,
    ),
)


def of(actor: Actor) -> Any:
    """The page that this person asked for, among those of their role."""
    pages = [
        st.Page(
            entry.script,
            title=_(entry.title),
            icon=f":material/{entry.icon}:",
            url_path=entry.url or None,
            default=not entry.url,
            visibility="visible" if entry.menu_of is None or actor.role in entry.menu_of else "hidden",
        )
        for entry in ENTRIES
        if actor.may(entry.permission)
    ]
    return st.navigation(pages, position="top")


def closed() -> Any:
    """The sign-in screen at every address, so that a deep link is still there after signing in."""
    pages = [
        st.Page(
            signin.screen,
            title=_("Connexion"),
            url_path=entry.url or None,
            default=not entry.url,
            visibility="hidden",
        )
        for entry in ENTRIES
    ]
    return st.navigation(pages, position="hidden")
