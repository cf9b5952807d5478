"""`import`: bring in a spreadsheet of sites, counsellors or referrals from the command line."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from lib import clock
from lib.access import Actor, Role
from lib.db import acting_as
from lib.i18n import _, plural
from lib.refusal import Refusal
from lib.sheets.importing import Importer, Saved, digest_of
from lib.sheets.preview import Preview, preview
from lib.sheets.source import check_size, open_file
from lib.ui.parts.importers import IMPORTERS, result

COMMAND_LINE = Actor(account_id=0, name="Ligne de commande", role=Role.COORDINATOR)
FINE, REFUSED, USAGE = 0, 1, 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command, its arguments and its help."""
    parser = subparsers.add_parser(
        "import",
        help=_("Importer un tableau de sites, de personnes du conseil ou d'orientations"),
        description=_(
            "Vérifie chaque ligne, puis enregistre toutes les lignes prêtes en une seule fois, ou aucune. "
            "Le même fichier une seconde fois ne change rien. Code de sortie : 0 si le fichier a été lu, "
            "1 s'il est refusé, 2 si la commande est mal écrite."
        ),
    )
    parser.add_argument("kind", choices=tuple(IMPORTERS), help=_("Ce que contient le fichier"))
    parser.add_argument("file", type=Path, help=_("Le fichier (.xlsx, .xls, .ods ou .csv)"))
    parser.add_argument("--dry-run", action="store_true", help=_("Vérifier sans rien enregistrer"))
    parser.add_argument("--json", action="store_true", help=_("Écrire le compte rendu en JSON"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Bring the file in; rows to mend are told and are no failure."""
    if not args.file.is_file():
        print(_("Fichier introuvable : {path}", path=args.file), file=sys.stderr)
        return USAGE
    try:
        seen, outcome = bring_in(IMPORTERS[args.kind], args.file, args.dry_run)
    except Refusal as refusal:
        print(_(refusal.text, **refusal.values), file=sys.stderr)
        return REFUSED
    if args.json:
        print(json.dumps(seen.as_json(outcome.saved if outcome else 0), ensure_ascii=False, indent=1))
    else:
        print("\n".join(report(seen, outcome)))
    return FINE


def bring_in(importer: Importer, path: Path, dry_run: bool) -> tuple[Preview, Saved | None]:
    """The preview, and what was saved; None for a dry run."""
    check_size(path.stat().st_size)
    content = path.read_bytes()
    today = clock.today()
    sheet = importer.sheet(COMMAND_LINE, today, {})
    seen = preview(open_file(path.name, content), sheet, progress=_progress())
    if dry_run:
        return seen, None
    with acting_as(COMMAND_LINE) as db:
        return seen, importer.save(db, COMMAND_LINE, seen, digest_of(content), today)


def _progress() -> Callable[[int, int], None] | None:
    """A counter on a terminal; nothing in a file or a pipe."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        ending = "\n" if done == total else ""
        print(f"\r{done} / {total}", end=ending, file=sys.stderr, flush=True)

    return tell


def report(seen: Preview, outcome: Saved | None) -> list[str]:
    """The same account as on screen, in lines."""
    mend = len(seen.rejected)
    counts = ", ".join(
        [
            plural(seen.rows, "{n} ligne lue", "{n} lignes lues"),
            plural(len(seen.ready), "{n} prête", "{n} prêtes"),
            plural(mend, "{n} à corriger", "{n} à corriger"),
            plural(seen.ignored.count, "{n} ignorée", "{n} ignorées"),
        ]
    )
    lines = [_("Feuille « {sheet} » : {counts}.", sheet=seen.sheet_name, counts=counts)]
    lines += [
        _(
            "Ligne {row}, colonne « {column} » : {problem}",
            row=one.row,
            column=one.column,
            problem=one.problem,
        )
        for one in seen.to_mend
    ]
    return [*lines, result(outcome) if outcome else _("Essai : rien n'a été enregistré.")]
