"""Settings, read once at the start: the environment first, then `.streamlit/secrets.toml`."""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lib.refusal import Refusal

PROJECT = Path(__file__).resolve().parents[1]
SECRETS = PROJECT / ".streamlit" / "secrets.toml"


class ConfigError(Refusal):
    """A setting is missing or wrong; the start stops with this sentence."""

    text = "Réglage {name} : {problem}"


@dataclass(frozen=True)
class Settings:
    """How this installation is set up. Without `database_url` the embedded server is used."""

    home: Path
    database_url: str | None
    migration_url: str | None
    identity_keys: str | None
    demo: bool
    public_url: str | None

    @property
    def secure_cookie(self) -> bool:
        return (self.public_url or "").startswith("https://")

    @property
    def postgres_folder(self) -> Path:
        return self.home / "postgres"

    @property
    def key_file(self) -> Path:
        return self.home / "keys" / "identity.keys"

    @property
    def log_file(self) -> Path:
        return self.home / "logs" / "pilote.log"


def _secrets() -> dict[str, object]:
    if not SECRETS.exists():
        return {}
    try:
        return tomllib.loads(SECRETS.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name=".streamlit/secrets.toml", problem=f"fichier illisible ({error})") from error


def _flag(name: str, value: str | None) -> bool:
    if (value or "0").lower() in {"0", "non", "false", ""}:
        return False
    if str(value).lower() in {"1", "oui", "true"}:
        return True
    raise ConfigError(name=name, problem=f"« {value} » n'est ni 1 ni 0.")


def _postgres_url(name: str, value: str | None) -> str | None:
    """Accept what hosts hand out (`postgres://`) and what SQLAlchemy wants."""
    if not value:
        return None
    try:
        _port = urlsplit(value).port
    except ValueError as error:
        raise ConfigError(
            name=name,
            problem="adresse illisible. Dans un mot de passe, les signes @ : / # s'écrivent %40 %3A %2F %23.",
        ) from error
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    raise ConfigError(name=name, problem="l'adresse doit commencer par postgresql://")


def load(environment: dict[str, str], secrets: dict[str, object]) -> Settings:
    """Build the settings; raises ConfigError naming the setting that is wrong."""

    def value(name: str) -> str | None:
        found = environment.get(name) or secrets.get(name)
        return str(found) if found not in (None, "") else None

    home = Path(value("PILOTE_HOME") or PROJECT / ".local").expanduser().resolve()
    public_url = value("PILOTE_PUBLIC_URL")
    if public_url and not public_url.startswith(("http://", "https://")):
        raise ConfigError(name="PILOTE_PUBLIC_URL", problem="l'adresse doit commencer par https://")
    return Settings(
        home=home,
        database_url=_postgres_url("DATABASE_URL", value("DATABASE_URL")),
        migration_url=_postgres_url("MIGRATION_URL", value("MIGRATION_URL")),
        identity_keys=value("PILOTE_IDENTITY_KEYS"),
        demo=_flag("PILOTE_DEMO", value("PILOTE_DEMO")),
        public_url=public_url.rstrip("/") if public_url else None,
    )


@cache
def settings() -> Settings:
    return load(dict(os.environ), _secrets())
