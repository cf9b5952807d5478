"""`check`: what is wrong with this installation, and how to mend it."""

import argparse
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError

from lib import clock
from lib.config import Settings, settings
from lib.db.engine import APP_ROLE, engine
from lib.db.probe import Look, look, needed_version, standing
from lib.i18n import _
from lib.journey.commands.sealing import KeysUnusable, keyring

OLDEST, NEWEST = 15, 18
MOST_SECONDS_APART = 30


@dataclass(frozen=True)
class Finding:
    """One thing looked at: in order when `mend` is empty."""

    subject: str
    said: str
    mend: str = ""


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("vérifie les réglages, la base de données, les droits et les versions ; dit comment réparer")
    found = subparsers.add_parser("check", help=told, description=told)
    found.add_argument("--json", action="store_true", help=_("écrit le résultat en JSON"))
    found.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every finding; status 1 when something is to be mended."""
    findings = list(look_around(settings()))
    good = not any(finding.mend for finding in findings)
    if args.json:
        entries = [{**asdict(one), "ok": not one.mend} for one in findings]
        print(json.dumps({"ok": good, "checks": entries}, ensure_ascii=False, indent=2))
        return 0 if good else 1
    for one in findings:
        print(f"{'✓' if not one.mend else '✗'} {one.subject} : {one.said}")
        if one.mend:
            print("    " + _("À faire : {mend}", mend=one.mend))
    print(_("Tout est en ordre.") if good else _("Il reste quelque chose à réparer."))
    return 0 if good else 1


def look_around(chosen: Settings) -> Iterator[Finding]:
    """Everything that can be looked at; without a database the rest still is."""
    yield Finding(_("Réglages"), _("lus ; dossier de données : {folder}", folder=chosen.home))
    yield _folder(chosen.home)
    yield _keys(chosen)
    yield _public_address(chosen)
    try:
        seen = look(engine())
    except (psycopg.Error, DBAPIError) as error:
        yield _unreachable(error, chosen)
        return
    yield from _database(seen)
    yield _schema()


def _folder(home: Path) -> Finding:
    subject = _("Dossier de données")
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(nearest, os.W_OK):
        return Finding(subject, _("accessible en écriture"))
    return Finding(
        subject,
        _("{folder} n'est pas accessible en écriture", folder=nearest),
        _("donnez ce dossier au compte qui lance l'application, ou choisissez-en un autre avec PILOTE_HOME"),
    )


def _keys(chosen: Settings) -> Finding:
    """The keys that open identities: lost, the names are lost; readable by others, they protect nothing."""
    subject, file = _("Clés des identités"), chosen.key_file
    if not chosen.identity_keys and not file.exists():
        return Finding(subject, _("pas encore créées : elles le seront avec la première identité"))
    if not chosen.identity_keys and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Finding(
            subject,
            _("le fichier {file} est lisible par d'autres comptes", file=file),
            f"chmod 600 {file}",
        )
    try:
        keyring()
    except KeysUnusable as refusal:
        mend = _("remettez les clés sauvegardées : sans elles, aucune identité ne peut être lue")
        return Finding(subject, _(refusal.text, **refusal.values), mend)
    if chosen.identity_keys:
        return Finding(subject, _("données par le réglage PILOTE_IDENTITY_KEYS"))
    return Finding(subject, _("présentes et protégées ; gardez-en une copie hors de cette machine"))


def _public_address(chosen: Settings) -> Finding:
    subject = _("Adresse publique")
    if chosen.public_url and not chosen.secure_cookie:
        mend = _("publiez l'application en https et corrigez PILOTE_PUBLIC_URL")
        return Finding(subject, _("{url} n'est pas chiffrée", url=chosen.public_url), mend)
    return Finding(
        subject, chosen.public_url or _("aucune : l'application n'est ouverte que sur cette machine")
    )


def _unreachable(error: Exception, chosen: Settings) -> Finding:
    """The driver's own message may quote an address with its password: it is not repeated."""
    if chosen.database_url:
        mend = _(
            "vérifiez DATABASE_URL (serveur, port, mot de passe du rôle {role}) et que le serveur est en marche",
            role=APP_ROLE,
        )
    else:
        mend = _("lancez : python -m lib.manage migrate")
    return Finding(_("Base de données"), _("pas de réponse ({kind})", kind=type(error).__name__), mend)


def _database(seen: Look) -> Iterator[Finding]:
    known = OLDEST <= seen.major <= NEWEST
    version = _("PostgreSQL {major}", major=seen.major)
    span = _("utilisez PostgreSQL {oldest} à {newest}", oldest=OLDEST, newest=NEWEST)
    yield Finding(_("Base de données"), version, "" if known else span)
    yield _rights(seen)
    apart = abs((clock.now() - seen.now).total_seconds())
    hour = _("écart de {n} s avec la base de données", n=round(apart))
    mend = "" if apart <= MOST_SECONDS_APART else _("mettez les deux machines à l'heure (service NTP)")
    yield Finding(_("Horloge"), hour, mend)


def _rights(seen: Look) -> Finding:
    subject = _("Droits")
    if seen.superuser or seen.bypasses_policies or seen.owns:
        return Finding(
            subject,
            _("le rôle {role} passe outre les droits d'accès de l'application", role=seen.role),
            _(
                "connectez l'application avec le rôle {role} et gardez l'autre pour MIGRATION_URL",
                role=APP_ROLE,
            ),
        )
    return Finding(subject, _("le rôle {role} n'a aucun droit propre", role=seen.role))


def _schema() -> Finding:
    subject, needed, found = _("Version du schéma"), needed_version(), standing(engine())
    if found is not None and found.version == needed:
        return Finding(subject, needed)
    said = _("{found} au lieu de {needed}", found=found.version if found else _("aucune"), needed=needed)
    return Finding(subject, said, _("lancez : python -m lib.manage migrate"))
