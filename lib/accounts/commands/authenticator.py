"""streamlit-authenticator's controller, hashing and validation, over one account at a time.

Its cookies and its forms are not used: a session row in the database says who is signed in. Heavy to import,
so whoever checks a password imports this module at that moment.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.utilities import Hasher, Validator

from lib.accounts import rules
from lib.refusal import Refusal

DECOY = "$2b$12$tj.x9pNLjUEphDNEEn0D8uHNSrGfiOQbb4VFODhlaLzAANauXcCUS"
"""The hash of a random word that nobody kept: checked against when there is no account, to take the same time."""
NOISY = (
    "streamlit.runtime.scriptrunner_utils.script_run_context",
    "streamlit.runtime.state.session_state_proxy",
)


class PassphraseValidator(Validator):  # type: ignore[misc]  # the package has no types
    """Passphrases with spaces and accents, which the package's own rule of 8 to 20 signs refuses."""

    def __init__(self, login: str) -> None:
        super().__init__()
        self.login = login

    def validate_password(self, password: str) -> bool:
        return self._refusal(password) is None

    def diagnose_password(self, password: str) -> str:
        return str(self._refusal(password) or "")

    def _refusal(self, password: str) -> Refusal | None:
        try:
            rules.check_passphrase(password, self.login)
        except Refusal as refusal:
            return refusal
        return None


def _silent(_record: logging.LogRecord) -> bool:
    return False


@contextmanager
def _outside_a_page() -> Iterator[None]:
    """The controller writes to Streamlit's session state, which complains in the log where no page runs."""
    loggers = [logging.getLogger(name) for name in NOISY]
    for logger in loggers:
        logger.addFilter(_silent)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_silent)


def matches(login: str, password: str, kept_hash: str | None) -> bool:
    """Whether this is the account's password; without an account the answer is no, after the same work."""
    given = rules.canonical(password)
    if kept_hash is None or not given or rules.too_long(given):
        Hasher.check_pw("x", DECOY)
        return False
    with _outside_a_page():
        controller = AuthenticationController(
            {"usernames": {login: {"name": login, "password": kept_hash}}},
            validator=PassphraseValidator(login),
            auto_hash=False,
        )
        answer = controller.login(login, given) is True
        controller.logout()  # what it left in the page's state: names and roles are read from the session row
    return answer


def hash_of(password: str, login: str) -> str:
    """The hash of a new passphrase; raises the refusal that says what is wrong with it."""
    return str(Hasher.hash(rules.check_passphrase(password, login)))
