"""What happens before the application serves: server, database, schema, demonstration, first account."""

import os
import sys
from typing import NoReturn

from lib import clock, journal
from lib.config import ConfigError, Settings, settings
from lib.db.engine import engine, use_engine
from lib.db.probe import Standing, check_reachable, needed_version, standing
from lib.i18n import _
from lib.manage.database import owner_url
from lib.refusal import DatabaseAway, Refusal

PORT = 8501


def prepare(chosen: Settings, port: int = PORT) -> list[str]:
    """Make everything ready and return what to print; one round trip when nothing is to be done.

    Raises SchemaBehind when the database is not of this version and the application may not migrate it.
    """
    now = _with_schema(chosen)
    if now.demo:
        return []
    if chosen.demo:
        return _demonstration(chosen)
    return _first_account(chosen.public_url or f"http://127.0.0.1:{port}")


def finish() -> None:
    """Leave the database: open connections are closed, and the embedded server stops with its last process."""
    former = use_engine(None)
    if former is not None:
        former.dispose()
    if settings().database_url is None:
        from lib.db import embedded

        embedded.leave()


def settings_or_stop() -> Settings:
    """The settings; a wrong one ends the process with a sentence that names it."""
    try:
        return settings()
    except Refusal as refusal:
        _stop(refusal)


def _stop(refusal: Refusal) -> NoReturn:
    sys.stderr.write(f"{_(refusal.text, **refusal.values)}\n")
    sys.stderr.flush()
    os._exit(1)


def prepare_or_stop(chosen: Settings, port: int) -> None:
    """Prepare, and say what there is to say on the terminal; a refusal ends the process with its sentence.

    The process ends at once, for a server that is starting would bury the sentence under a traceback.
    """
    try:
        begin_log(chosen)
        said = prepare(chosen, port)
    except Refusal as refusal:
        _stop(refusal)
    for line in said:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def begin_log(chosen: Settings) -> None:
    """Write the log to its file; raises ConfigError where nothing can be written."""
    try:
        journal.set_up(chosen.log_file)
    except OSError as error:
        raise ConfigError(
            name="PILOTE_HOME",
            problem=f"rien ne peut être écrit dans {chosen.home}. Rendez ce dossier modifiable, "
            "faites-y de la place, ou choisissez-en un autre.",
        ) from error


def _check_reachable() -> None:
    try:
        check_reachable(engine())
    except DatabaseAway as refusal:
        raise ConfigError(
            name="DATABASE_URL",
            problem="aucune base de données ne répond à cette adresse, ou elle refuse ce compte. Vérifiez "
            "l'hôte, le port, le nom de la base, le compte et son mot de passe.",
        ) from refusal


def _with_schema(chosen: Settings) -> Standing:
    """The database as it stands, once it has the schema of this version."""
    found = standing(engine()) if _made_before(chosen) else None
    if found is not None and found.version == needed_version():
        return found
    if chosen.database_url and found is None:
        _check_reachable()
    from lib.db import migrate  # loads Alembic, only when there is something to migrate

    if chosen.database_url and not chosen.migration_url:
        raise migrate.SchemaBehind
    migrate.upgrade(owner_url(chosen))
    found = standing(engine())
    if found is None:
        raise migrate.SchemaBehind
    return found


def _made_before(chosen: Settings) -> bool:
    """A folder without a cluster holds no database to ask."""
    return chosen.database_url is not None or (chosen.postgres_folder / "PG_VERSION").exists()


def _demonstration(chosen: Settings) -> list[str]:
    """Fill an empty database; one that somebody works in is left as it is, and said so."""
    from lib.manage.demo import NotEmpty, fill

    try:
        done = fill(owner_url(chosen), clock.today())
    except NotEmpty as refusal:
        now = standing(engine())
        filled_meanwhile = now is not None and now.demo  # by another process that started at the same moment
        return [] if filled_meanwhile else [_(refusal.text)]
    return [
        _(
            "Pilote de démonstration : {people} personnes et {sites} sites inventés.",
            people=done.people,
            sites=done.sites,
        )
    ]


def _first_account(address: str) -> list[str]:
    from lib.accounts.commands.links import first_account_link

    token = first_account_link()
    if token is None:
        return []
    return [
        _(
            "Personne ne peut encore se connecter. Ouvrez ce lien, valable une fois, pour créer le premier compte :"
        ),
        f"{address}/?invitation={token}",
    ]
