"""`account`: add, disable or reset an account from the command line, with the one-time link to hand over."""

import argparse
import sys
from collections.abc import Callable

from lib import clock
from lib.access import Actor, Role
from lib.accounts import commands, queries
from lib.accounts.rules import LINK_LIFETIME
from lib.config import settings
from lib.db import acting_as, read
from lib.i18n import _
from lib.pilot.queries import partners
from lib.refusal import NotFound, Refusal
from lib.sites.queries import site_options
from lib.training.queries import counsellors

OPERATOR = Actor(account_id=0, name="Ligne de commande", role=Role.ADMIN)
"""Whoever may run commands on the server may already do anything; the trail shows them as no account."""
LOCAL = "http://127.0.0.1:8501"


class NoSuchLogin(NotFound):
    """On the command line a login is typed by hand, so a wrong one is named."""

    text = "Aucun compte n'a l'identifiant « {login} »."


class NoSuchScope(NotFound):
    """An account bound to a record that does not exist would see nothing, and nobody would know why."""

    text = "Aucune fiche ne porte le numéro {number} pour le rôle « {role} »."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `account add`, `account disable` and `account reset`."""
    told = _("ajouter, désactiver ou réinitialiser un compte")
    parser = subparsers.add_parser("account", help=told, description=told)
    parser.set_defaults(run=run)
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    add = actions.add_parser("add", help=_("ajouter un compte et afficher son lien à usage unique"))
    add.add_argument("login", metavar="LOGIN", help=_("courriel ou nom court"))
    add.add_argument("--name", required=True, help=_("nom affiché aux autres"))
    add.add_argument("--role", required=True, choices=[role.value for role in Role], help=_("rôle du compte"))
    add.add_argument("--scope", type=int, help=_("numéro du site, de la fiche de conseil ou du partenaire"))
    disable = actions.add_parser("disable", help=_("désactiver un compte et fermer ses sessions"))
    disable.add_argument("login", metavar="LOGIN", help=_("identifiant du compte"))
    disable.add_argument("--reason", required=True, help=_("raison, gardée avec la décision"))
    reset = actions.add_parser("reset", help=_("afficher un lien pour choisir une nouvelle phrase de passe"))
    reset.add_argument("login", metavar="LOGIN", help=_("identifiant du compte"))


def run(args: argparse.Namespace) -> int:
    """Do what was asked; a refusal is said on the error output, with exit status 1."""
    action: Callable[[argparse.Namespace], str] = {"add": _add, "disable": _disable, "reset": _reset}[
        args.action
    ]
    try:
        answer = action(args)
    except Refusal as refusal:
        sys.stderr.write(_(refusal.text, **refusal.values) + "\n")
        return 1
    sys.stdout.write(answer + "\n")
    return 0


def _add(args: argparse.Namespace) -> str:
    command = commands.Invite(args.login, args.name, Role(args.role), args.scope)
    _check_scope(command.role, args.scope)
    with acting_as(OPERATOR) as db:
        return _said(commands.invite(db, OPERATOR, command, clock.now()))


def _check_scope(role: Role, scope: int | None) -> None:
    """On screen the scope is picked from a list; a number typed by hand may be wrong."""
    sites, records, supporters = read(OPERATOR, site_options(), counsellors(), partners())
    known = {
        Role.SITE_REFERENT: {site.id for site in sites},
        Role.COUNSELLOR: {record.id for record in records},
        Role.PARTNER: {partner.id for partner in supporters},
    }
    if scope is not None and scope not in known.get(role, {scope}):
        raise NoSuchScope(number=scope, role=_(role.label))


def _disable(args: argparse.Namespace) -> str:
    found = _account(args.login)
    command = commands.SetActive(found.id, found.version, False, args.reason)
    with acting_as(OPERATOR) as db:
        commands.set_active(db, OPERATOR, command, clock.now())
    return _("Le compte « {login} » est désactivé et ses sessions sont fermées.", login=found.login)


def _reset(args: argparse.Namespace) -> str:
    with acting_as(OPERATOR) as db:
        return _said(commands.make_link(db, OPERATOR, _account(args.login).id, clock.now()))


def _account(login: str) -> queries.AccountRow:
    wanted = login.strip().lower()
    (found,) = read(OPERATOR, queries.account_of_login(wanted, clock.now()))
    if not found:
        raise NoSuchLogin(login=login)
    return found[0]


def _said(link: commands.Link) -> str:
    return _(
        "Lien à usage unique pour « {login} », valable {days} jours :\n{address}",
        login=link.login,
        days=LINK_LIFETIME.days,
        address=f"{settings().public_url or LOCAL}/?invitation={link.token}",
    )
