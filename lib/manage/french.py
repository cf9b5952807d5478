"""A command line that speaks French, also when it is misspelt."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from lib.i18n import _

MISSPELT = (
    (re.compile(r"the following arguments are required: (.*)"), "il manque : {0}"),
    (re.compile(r"unrecognized arguments: (.*)"), "argument inconnu : {0}"),
    (
        re.compile(r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)"),
        "« {1} » n'existe pas pour {0} ; possible : {2}",
    ),
    (re.compile(r"argument (\S+): invalid \w+ value: '?(.*?)'?$"), "« {1} » ne convient pas pour {0}"),
    (re.compile(r"argument (\S+): expected .*"), "{0} demande une valeur"),
)


class Formatter(argparse.HelpFormatter):
    """The same layout, in French."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, _("Utilisation :") + " " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose headings, help and mistakes are French; sub-commands get the same class."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "formatter_class": Formatter})
        self._positionals.title = _("Commandes et arguments")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("affiche cette aide"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence; status 2, as programs expect."""
        self.print_usage()
        self.exit(2, _("Commande non comprise : {what}.", what=in_french(message)) + "\n")


def in_french(message: str) -> str:
    """What argparse says, in French where the sentence is known."""
    for pattern, template in MISSPELT:
        if found := pattern.match(message):
            return template.format(*found.groups())
    return message
