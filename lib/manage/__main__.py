"""Entry of `python -m lib.manage`: finds the commands, runs one, turns errors into sentences."""

import importlib
import sys
from collections.abc import Sequence

from lib import journal
from lib.config import settings
from lib.i18n import _
from lib.manage.french import Parser
from lib.manage.start import begin_log
from lib.refusal import Refusal

COMMANDS = ("migrate", "check", "demo.command", "account", "import_files", "rotate_keys", "bench", "docs")
"""Modules of this package that add a command each: `add_parser(subparsers)` names its `run(args) -> int`."""


def parser() -> Parser:
    """The whole command line."""
    whole = Parser(prog="python -m lib.manage", description=_("Exploitation de Pilote Bilan."))
    subparsers = whole.add_subparsers(dest="command", required=True, metavar=_("commande"))
    for name in COMMANDS:
        importlib.import_module(f"lib.manage.{name}").add_parser(subparsers)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a fault of ours leaves a reference and a line in the log."""
    asked = parser().parse_args(arguments)
    try:
        begin_log(settings())
        status: int = asked.run(asked)
    except Refusal as refusal:
        print(_(refusal.text, **refusal.values), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_("Interrompu : rien n'a été enregistré à moitié."), file=sys.stderr)
        return 130
    except Exception as error:
        told = _(
            "Erreur inattendue. Référence : {reference}. Le détail est dans {file}.",
            reference=journal.fault(error),
            file=settings().log_file,
        )
        print(told, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
