"""The log: one JSON line an event, with a reference to quote and never a word of personal data."""

import json
import logging
import secrets
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from lib.clock import now

log = logging.getLogger("pilote")


class _Line(logging.Formatter):
    """Messages of other libraries may quote rows: of those only the place and the kind are written."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
        }
        if record.name.startswith(("pilote", "lib.")):
            line["event"] = record.getMessage()
            line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line.update(facts_of(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def facts_of(error: BaseException) -> dict[str, object]:
    """Kind and places of an exception; its message is left out, for it may quote what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    cause = error.__cause__ or error.__context__
    return {
        "kind": type(error).__name__,
        "sqlstate": getattr(cause or error, "sqlstate", None) or getattr(error, "sqlstate", None),
        "places": places,
    }


def fault(error: BaseException) -> str:
    """Log a fault of ours; returns the reference under which it can be found."""
    reference = secrets.token_hex(4).upper()
    log.error("fault", extra={"facts": {"reference": reference, **facts_of(error)}})
    return reference


def set_up(file: Path | None = None) -> None:
    """Write the log to this file and its warnings to the standard error; called once at the start."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, _Line) for handler in root.handlers):
        return
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(file, maxBytes=5_000_000, backupCount=3, encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(_Line())
        handler.setLevel(logging.WARNING)
        root.addHandler(handler)
    logging.getLogger("streamlit.error_util").addFilter(_without_the_error)


def _without_the_error(record: logging.LogRecord) -> bool:
    """Streamlit logs whole tracebacks with their messages; ours is written by `fault`, without them."""
    record.exc_info = None
    return False
