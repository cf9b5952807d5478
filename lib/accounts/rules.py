"""How long a link, a session and a lockout last, what a passphrase must be, and how sign-in says no."""

import re
import unicodedata
from datetime import timedelta

from lib.refusal import Labelled, Refusal

MOST_FAILURES = 5
LOCKOUT = timedelta(minutes=15)
SESSION_LIFETIME = timedelta(hours=12)
LINK_LIFETIME = timedelta(days=7)
FEWEST_CHARACTERS = 12
MOST_BYTES = 72
FEWEST_DIFFERENT = 5
SHORTEST_REASON = 5
COOKIE = "pilote_session"
DEMO_PASSPHRASE = "chemin de traverse"  # noqa: S105  # public on purpose, in the demonstration only
LANGUAGES = {"fr": "Français", "en": "English"}
_TRIED_FIRST = """
motdepasse monmotdepasse azertyuiop azertyuiopqsdfghjklm qsdfghjklm qwertyuiop qwertzuiop
password mypassword passwordpassword motdepassemotdepasse bonjourbonjour administrateur
administration pilotebilan bilandecompetences iloveyou jetaime jetaimejetaime letmein
abcdefghijkl abcdefghijklm abcdefghijklmnopqrstuvwxyz correcthorsebatterystaple welcome
bienvenue soleil doudou changeme
"""
WELL_KNOWN = frozenset(_TRIED_FIRST.split())


class Purpose(Labelled):
    """What a one-time link is for."""

    INVITE = "invite", "Premier accès"
    RESET = "reset", "Nouvelle phrase de passe"


class AccountState(Labelled):
    """Whether somebody can come in with an account at this moment."""

    ACTIVE = "active", "Actif"
    WAITING = "waiting", "Premier accès attendu"
    LOCKED = "locked", "Suspendu quelques minutes"
    INACTIVE = "inactive", "Désactivé"

    @property
    def is_open(self) -> bool:
        return self is not AccountState.INACTIVE


class Action(Labelled):
    """What was decided about an account."""

    INVITED = "invited", "Invitation"
    LINKED = "linked", "Nouveau lien"
    LINK_CANCELLED = "link_cancelled", "Lien annulé"
    ROLE_CHANGED = "role_changed", "Changement de rôle ou de périmètre"
    DEACTIVATED = "deactivated", "Désactivation"
    REACTIVATED = "reactivated", "Réactivation"
    SESSIONS_ENDED = "sessions_ended", "Sessions fermées"


class SignInRefused(Refusal):
    """The one answer to whatever went wrong: who has an account must not be learned from it."""

    text = (
        "Identifiant ou phrase de passe incorrects. Après {failures} essais sans succès, l'accès est suspendu "
        "{minutes} minutes. En cas d'oubli, l'administration du pilote peut vous donner un nouveau lien."
    )

    def __init__(self) -> None:
        super().__init__(failures=MOST_FAILURES, minutes=int(LOCKOUT.total_seconds()) // 60)


class LinkGone(Refusal):
    """A one-time link was used, cancelled or has expired: all read alike."""

    text = "Ce lien n'est plus valable : il a déjà servi, ou sa durée est passée. Demandez-en un nouveau."


class PassphraseTooShort(Refusal):
    """Length is what makes a passphrase hard to guess."""

    text = "Choisissez au moins {fewest} caractères. Quelques mots séparés par des espaces conviennent très bien."


class PassphraseTooLong(Refusal):
    """The hash looks at 72 bytes and no further; what lies behind would protect nothing."""

    text = "Cette phrase de passe est trop longue : restez sous {most} caractères, moins avec des lettres accentuées."


class PassphraseGuessable(Refusal):
    """The login itself, a single repeated character, or what everybody tries first."""

    text = "Cette phrase de passe est trop facile à deviner. Choisissez plutôt quelques mots sans lien entre eux."


class WrongPassword(Refusal):
    """The current password was not repeated correctly."""

    text = "La phrase de passe actuelle n'est pas la bonne. Vérifiez-la, puis réessayez."


class LoginTaken(Refusal):
    """Two people cannot sign in under one name."""

    text = "L'identifiant « {login} » est déjà utilisé par un autre compte. Choisissez-en un autre."


class LoginUnfit(Refusal):
    """A login is an e-mail address or a plain name."""

    text = (
        "L'identifiant « {login} » ne convient pas : un courriel, ou bien de 3 à 60 lettres sans accent, chiffres, "
        "points, tirets."
    )


class NameMissing(Refusal):
    """The name is what others see in lists and in the audit trail."""

    text = "Indiquez le nom de la personne : c'est lui que les autres verront."


class ScopeMissing(Refusal):
    """Some roles exist only for one site, one counsellor or one partner."""

    text = "Le rôle « {role} » demande de choisir un périmètre : site, fiche de conseil ou partenaire."


class ReasonMissing(Refusal):
    """Decisions about an account are explained to whoever reads the trail."""

    text = "Indiquez en quelques mots la raison : elle sera gardée avec la décision."


class AccountInactive(Refusal):
    """A deactivated account gets no link before it is reactivated."""

    text = "Ce compte est désactivé : réactivez-le avant de créer un lien."


_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,63}")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def canonical(password: str) -> str:
    """The same passphrase whatever keyboard composed its accents; spaces around it do not count."""
    return unicodedata.normalize("NFC", password).strip()


def too_long(password: str) -> bool:
    return len(password.encode()) > MOST_BYTES


def check_passphrase(password: str, login: str) -> str:
    """The passphrase in the form to hash; raises a refusal that says what to do otherwise."""
    chosen = canonical(password)
    if len(chosen) < FEWEST_CHARACTERS:
        raise PassphraseTooShort(fewest=FEWEST_CHARACTERS)
    if too_long(chosen):
        raise PassphraseTooLong(most=MOST_BYTES)
    if _guessable(chosen.lower(), login.lower()):
        raise PassphraseGuessable
    return chosen


def _guessable(chosen: str, login: str) -> bool:
    words = _letters(chosen).strip("0123456789")
    own = {_letters(login), _letters(login.partition("@")[0])}
    obvious = WELL_KNOWN | own | {one.strip("0123456789") for one in own} | {""}
    return len(set(chosen)) < FEWEST_DIFFERENT or words in obvious or _letters(chosen) in own


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def clean_login(login: str) -> str:
    """The login as it is kept; raises LoginUnfit."""
    cleaned = login.strip().lower()
    if not (_EMAIL.fullmatch(cleaned) or _PLAIN.fullmatch(cleaned)):
        raise LoginUnfit(login=login.strip())
    return cleaned


def clean_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise NameMissing
    return cleaned


def clean_reason(reason: str) -> str:
    cleaned = " ".join(reason.split())
    if len(cleaned) < SHORTEST_REASON:
        raise ReasonMissing
    return cleaned
