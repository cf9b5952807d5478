"""`bench`: measure the product on throw-away pilots, beside an empty and a naive Streamlit page."""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lib.config import PROJECT
from lib.i18n import _

NEEDED = ("playwright", "websockets")
"""What the application itself does not need and the measures do."""

NOT_INSTALLED = 1


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    told = _("mesure les temps de réponse sur des pilotes jetables, et dit quels objectifs sont atteints")
    found = subparsers.add_parser("bench", help=told, description=told)
    found.add_argument(
        "--sizes", default="100,10000,100000", metavar="N,N",
        help=_("nombres de bénéficiaires (par défaut 100,10000,100000)"),
    )  # fmt: skip
    found.add_argument(
        "--parts", default="counts,viewers,browser,answers,start", metavar="A,B",
        help=_("mesures à faire, parmi : counts, viewers, browser, answers, start (par défaut toutes)"),
    )  # fmt: skip
    found.add_argument("--json", type=Path, metavar="FICHIER", help=_("écrit aussi les chiffres en JSON"))
    found.add_argument(
        "--quick", action="store_true", help=_("moins de répétitions : un aperçu en quelques minutes")
    )
    found.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hand over to the measures, which stand with the tests; a missed target is no failure."""
    if not all(find_spec(name) for name in NEEDED):
        print(
            _("Les mesures demandent ce qui sert aux tests : lancez d'abord « make setup-dev »."),
            file=sys.stderr,
        )
        return NOT_INSTALLED
    asked = ["--sizes", args.sizes, "--parts", args.parts]
    if args.json:
        asked += ["--json", str(args.json.resolve())]
    if args.quick:
        asked.append("--quick")
    return subprocess.run([sys.executable, "-m", "tests.bench", *asked], cwd=PROJECT, check=False).returncode
