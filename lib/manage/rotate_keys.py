"""`rotate-keys`: a new key for the identities; everything is sealed again with it, nothing is lost on the way."""

import argparse
import sys
from typing import Any

from lib.config import Settings, settings
from lib.db.owner import working_as_owner
from lib.i18n import _, plural
from lib.journey.commands.rotation import reseal_all
from lib.journey.commands.sealing import Keyring, keep_keys, keyring, new_key
from lib.manage.database import owner_url


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("change la clé qui protège les identités et les chiffre toutes à nouveau")
    found = subparsers.add_parser("rotate-keys", help=told, description=told + ". " + _help())
    found.add_argument(
        "--forget-old", action="store_true",
        help=_("ne garde que la clé en cours, après avoir vérifié qu'elle ouvre tout"),
    )  # fmt: skip
    found.set_defaults(run=run)


def _help() -> str:
    return _(
        "Les anciennes clés restent dans le fichier de clés, car les sauvegardes en ont besoin ; sauvegardez ce "
        "fichier à part de la base. Avec PILOTE_IDENTITY_KEYS, mettez d'abord la nouvelle clé en tête du réglage, "
        "séparée des autres par une virgule, redémarrez l'application, puis lancez cette commande."
    )


def run(args: argparse.Namespace) -> int:
    """Rotate; a key that is lost stops everything before anything is changed."""
    chosen = settings()
    url = owner_url(chosen)
    if chosen.identity_keys and args.forget_old:
        print(
            _("Les clés viennent du réglage PILOTE_IDENTITY_KEYS : retirez-en vous-même les anciennes."),
            file=sys.stderr,
        )
        return 2
    ring = _next(chosen, args.forget_old)
    with working_as_owner(url) as connection:
        done = reseal_all(connection, ring)
    print(
        plural(
            done,
            "{n} identité chiffrée avec la nouvelle clé.",
            "{n} identités chiffrées avec la nouvelle clé.",
        )
    )
    if args.forget_old:
        keep_keys(chosen.key_file, ring.keys[:1])
        print(_("Les anciennes clés sont effacées : les sauvegardes plus anciennes ne s'ouvriront plus."))
    elif not chosen.identity_keys:
        print(_("Sauvegardez maintenant {file}, à part de la base de données.", file=chosen.key_file))
    return 0


def _next(chosen: Settings, forget_old: bool) -> Keyring:
    """The keys to go on with; a new one is on the disk before anything is sealed with it."""
    ring = keyring()
    if chosen.identity_keys or forget_old:
        return ring
    keep_keys(chosen.key_file, (new_key(), *ring.keys))
    return keyring()
