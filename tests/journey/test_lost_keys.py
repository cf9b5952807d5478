"""A key file that is gone is said to be gone: another key in its place would hide the loss."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.access import Actor
from lib.db import acting_as
from lib.journey.commands import RevealIdentity, Written, reveal_identity
from lib.journey.commands.sealing import KeysLost
from lib.journey.rules import Identity


def test_a_lost_key_file_is_never_replaced_in_silence(
    orient: Callable[..., Written], coordinator: Actor, keys: Path
) -> None:
    known = orient(identity=Identity("Martin", "Alix"), birth_year=1980)
    sealed_with = keys.read_text()
    keys.unlink()

    with pytest.raises(KeysLost, match=keys.name):
        orient(identity=Identity("Durand", "Sacha"), birth_year=1975)
    with pytest.raises(KeysLost), acting_as(coordinator) as db:
        reveal_identity(db, coordinator, RevealIdentity(known.id, "rappel demandé"))
    assert not keys.exists()

    keys.write_text(sealed_with)
    with acting_as(coordinator) as db:
        shown = reveal_identity(db, coordinator, RevealIdentity(known.id, "rappel demandé"))
    assert shown.last_name == "Martin"
