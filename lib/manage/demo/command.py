"""`demo`: fill an empty database with the synthetic pilot."""

import argparse
import sys
from typing import Any

from lib import clock
from lib.accounts.rules import DEMO_PASSPHRASE
from lib.config import settings
from lib.i18n import _
from lib.i18n.formats import number
from lib.manage.database import owner_url
from lib.manage.demo.fill import CHUNK, DEFAULT_PEOPLE, DEFAULT_SEED, fill


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("remplit une base vide d'un pilote de démonstration, entièrement inventé")
    found = subparsers.add_parser("demo", help=told, description=told)
    found.add_argument(
        "--beneficiaries", type=int, default=DEFAULT_PEOPLE, metavar="N",
        help=_("nombre de personnes (par défaut {n} ; au-delà de 9 999, sans noms)", n=DEFAULT_PEOPLE),
    )  # fmt: skip
    found.add_argument(
        "--seed", type=int, default=DEFAULT_SEED, metavar="S",
        help=_("graine : la même donne le même pilote, le même jour"),
    )  # fmt: skip
    found.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrate when needed, fill, and say how to sign in."""
    from lib.db import migrate

    if args.beneficiaries < 1:
        print(_("Le nombre de personnes doit être au moins 1."), file=sys.stderr)
        return 2
    url = owner_url(settings())
    migrate.upgrade(url)
    done = fill(url, clock.today(), args.beneficiaries, args.seed, _progress)
    print(
        _(
            "Démonstration prête : {people} personnes, {sites} sites, {counsellors} personnes au conseil. "
            "Comptes : coordination@demo et six autres, phrase de passe « {passphrase} ».",
            people=number(done.people),
            sites=done.sites,
            counsellors=done.counsellors,
            passphrase=DEMO_PASSPHRASE,
        )
    )
    if not done.identities:
        print(_("À cette taille les personnes n'ont pas de nom : seulement leur code."))
    return 0


def _progress(written: int) -> None:
    if written > CHUNK:
        print(_("{n} personnes écrites…", n=number(written)), file=sys.stderr)
