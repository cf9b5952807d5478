"""What the database's own refusals mean to the person who asked."""

import logging

import psycopg
import sqlalchemy.exc as sa_exc

from lib.db.patience import Silent
from lib.refusal import ChangedMeanwhile, DatabaseAway, NotAllowed, Refusal

log = logging.getLogger(__name__)


class LastAdministrator(Refusal):
    """Without an administrator nobody could open the application to anybody."""

    text = "Il faut garder au moins une personne à l'administration : nommez d'abord quelqu'un d'autre."


class ConsentNotRecorded(Refusal):
    """The database holds the rule too, whatever a page may forget."""

    text = "Une inclusion demande l'accord enregistré de la personne pour la réalisation du bilan."


BY_STATE: dict[str, type[Refusal]] = {
    "PB403": NotAllowed,
    "PB409": ChangedMeanwhile,
    "PB422": ConsentNotRecorded,
    "PB423": LastAdministrator,
    "40001": ChangedMeanwhile,
    "40P01": ChangedMeanwhile,
    "42501": NotAllowed,
}
AWAY = ("08", "53", "57", "58")
"""SQLSTATE classes of a server that is away, full, stopping or broken."""


def driver_error(error: BaseException) -> psycopg.Error | None:
    """The psycopg error in or behind an exception."""
    original = error.orig if isinstance(error, sa_exc.DBAPIError) else error
    return original if isinstance(original, psycopg.Error) else None


def worth_another_try(error: BaseException) -> bool:
    """Whether a connection was found dead, which another one would mend; asking a silent server twice would not."""
    patience_lost = isinstance(driver_error(error), Silent | psycopg.errors.QueryCanceled)
    return connection_lost(error) and not patience_lost and not isinstance(error, sa_exc.TimeoutError)


def connection_lost(error: BaseException) -> bool:
    """Whether the server is away, or all its connections are taken by others who wait for it."""
    if isinstance(error, sa_exc.TimeoutError):
        return True
    found = driver_error(error)
    if found is None:
        return False
    state = found.sqlstate
    return isinstance(found, psycopg.OperationalError) and (state is None or state.startswith(AWAY))


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that a database error stands for, or None when it is a fault of ours."""
    if connection_lost(error):
        log.warning("database away: %s", type(error).__name__)
        return DatabaseAway()
    found = driver_error(error)
    if found is None or found.sqlstate is None:
        return None
    if found.sqlstate == "23505" and found.diag.constraint_name == "uq_state_event_beneficiary_id":
        return ChangedMeanwhile()
    kind = BY_STATE.get(found.sqlstate)
    return kind() if kind else None
