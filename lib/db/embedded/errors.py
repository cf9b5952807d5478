"""What can go wrong with the local database, in words for whoever starts the product."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.refusal import Refusal

NO_SPACE = "No space left on device"


class EmbeddedError(Refusal):
    """The local database cannot be used; the text says why and what to do."""

    text = "La base locale n'a pas pu démarrer : {reason}"


class ProgramsMissing(EmbeddedError):
    """No PostgreSQL that this account can run."""

    text = (
        "PostgreSQL est introuvable ou ne peut pas être lancé ({folder}). Relancez « make setup », "
        "ou indiquez l'adresse d'une autre base de données dans DATABASE_URL."
    )


class NotOnWindows(EmbeddedError):
    """Native Windows is not looked after."""

    text = (
        "La base locale ne fonctionne pas directement sous Windows : utilisez WSL 2, "
        "ou indiquez l'adresse d'une autre base de données dans DATABASE_URL."
    )


class OtherVersion(EmbeddedError):
    """The data were made by another major version of PostgreSQL."""

    text = (
        "La base locale a été créée par PostgreSQL {found}, mais le programme installé est "
        "PostgreSQL {installed}. Rien n'a été modifié. Réinstallez la version {found}, "
        "faites une sauvegarde, puis restaurez-la."
    )


class SomebodyElses(EmbeddedError):
    """The folder belongs to another account of the machine."""

    text = (
        "Le dossier {folder} appartient à un autre compte de cet ordinateur ({owner}). Lancez l'application "
        "avec ce compte, ou choisissez un autre dossier avec PILOTE_HOME."
    )


class NotWritable(EmbeddedError):
    """Nothing can be written there."""

    text = (
        "Rien ne peut être écrit dans le dossier {folder}. Rendez-le modifiable, "
        "ou choisissez un autre dossier avec PILOTE_HOME."
    )


class DiskFull(EmbeddedError):
    """No room left for the data."""

    text = "Le disque qui contient {folder} est plein. Libérez de la place, puis relancez l'application."


class PreparationFailed(EmbeddedError):
    """One of PostgreSQL's programs ended with an error."""

    text = "La base locale n'a pas pu être préparée ({program}, code {code}).\n{output}"


class StartFailed(EmbeddedError):
    """The server left as soon as it was launched."""

    text = "La base locale n'a pas pu démarrer :\n{output}"


class NoAnswer(EmbeddedError):
    """The server is there and says nothing."""

    text = "La base locale ne répond pas après {seconds} secondes. Son journal : {log}"


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's errors about this folder into sentences."""
    try:
        yield
    except PermissionError as error:
        raise _closed_folder(folder) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder=folder) from error
        if error.errno == errno.EROFS:
            raise NotWritable(folder=folder) from error
        raise EmbeddedError(reason=error) from error


def _closed_folder(folder: Path) -> EmbeddedError:
    """Say whose folder it is, as far up as this account may look."""
    for path in (folder, *folder.parents):
        try:
            owner = path.stat().st_uid
        except OSError:
            continue
        if owner == os.geteuid():
            break
        return SomebodyElses(folder=path, owner=_name_of(owner))
    return NotWritable(folder=folder)


def _name_of(uid: int) -> str:
    """Name an account, or give its number when it has no name."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
