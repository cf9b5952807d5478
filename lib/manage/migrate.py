"""`migrate`: bring the database to the version of this program."""

import argparse
from typing import Any

from lib.config import Settings, settings
from lib.db.engine import APP_ROLE, engine
from lib.db.probe import needed_version, standing
from lib.i18n import _
from lib.manage.database import owner_url


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("met la base de données à la version de ce programme (rôles, tables, droits)")
    subparsers.add_parser("migrate", help=told, description=told).set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Migrate, then say what is left to do by hand."""
    from lib.db import migrate  # loads Alembic

    chosen = settings()
    url = owner_url(chosen)
    migrate.upgrade(url)
    print(_("La base de données est à la version {version}.", version=needed_version()))
    if chosen.database_url or chosen.migration_url:
        print(_what_remains(chosen))
    return 0


def _what_remains(chosen: Settings) -> str:
    """On a database of somebody else's the application's role has no password yet."""
    if chosen.database_url and standing(engine()) is not None:
        return _("L'application s'y connecte avec le rôle {role}. Rien d'autre à faire.", role=APP_ROLE)
    return _(
        "Rôles créés : pilote_owner (possède les tables), {role} (celui de l'application, sans droit propre), "
        "pilote_staff, pilote_partner, pilote_signin, pilote_respondent.\n"
        "Reste à faire, une fois, avec la même adresse :\n"
        "  1. alter role {role} password '…';\n"
        "  2. DATABASE_URL=postgresql://{role}:…@serveur:port/base dans les réglages de l'application ;\n"
        "  3. python -m lib.manage check",
        role=APP_ROLE,
    )
