"""Some of the invented people as rows of the tables they are kept in."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from lib.journey.commands.sealing import Keyring, keyring
from lib.journey.rules import Answer, ConsentKind, Identity, State, marks, new_code
from lib.journey.rules.codes import ALPHABET, FEWEST, MOST
from lib.manage.demo.cast import FIRST_NAMES, TREES
from lib.manage.demo.people import NOTE_VERSION, Person

COORDINATION = 1
Table = tuple[str, str, Iterable[Sequence[object]]]


class Codes:
    """Codes that nobody has yet, as long as so many people need."""

    def __init__(self, number: int, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()
        enough = (length for length in range(FEWEST, MOST + 1) if len(ALPHABET) ** length > 8 * number)
        self._length = next(enough, MOST)

    def next(self) -> str:
        while (code := new_code(self._length, self._random.choice)) in self._given:
            continue
        self._given.add(code)
        return code


class Chunk:
    """People with their ids and codes; names are sealed only where they are wanted."""

    def __init__(self, people: Sequence[Person], first_id: int, codes: Codes, *, with_names: bool) -> None:
        self._people = [(first_id + n, codes.next(), person) for n, person in enumerate(people)]
        self._ring = keyring() if with_names else None
        self.named = len(people) if with_names else 0

    def tables(self) -> Iterator[Table]:
        """In the order of their dependence: an inclusion looks for its consent, a withdrawal takes it back."""
        yield (
            "pilot.beneficiary",
            "id, code, site_id, channel, wave, referred_on, birth_year, sex, employment",
            map(_beneficiary, self._people),
        )
        consent = "beneficiary_id, kind, answer, effective_on, form_version, account_id"
        yield "pilot.consent", consent, self._answers()
        yield (
            "pilot.state_event",
            "beneficiary_id, seq, from_state, to_state, effective_on, account_id, reason_code, recontact_on, "
            "note_version",
            self._events(),
        )
        yield "pilot.consent", consent, self._taken_back()
        if self._ring is not None:
            yield "vault.identity", "beneficiary_id, sealed", self._sealed(self._ring)
            yield "vault.trace", "beneficiary_id, kind, digest", self._traces(self._ring)

    def _events(self) -> Iterator[tuple[object, ...]]:
        for number, _code, person in self._people:
            first = (person.referred_on, COORDINATION, None, None, "")
            yield (number, 1, None, State.IDENTIFIED.value, *first)
            before = State.IDENTIFIED
            for seq, step in enumerate(person.steps, 2):
                reason = step.reason.value if step.reason else None
                what = (step.on, COORDINATION, reason, step.recontact_on, step.note_version)
                yield (number, seq, before.value, step.to.value, *what)
                before = step.to

    def _answers(self) -> Iterator[tuple[object, ...]]:
        for number, _code, person in self._people:
            for step in person.steps:
                for kind, answer in step.consents.items():
                    yield (number, kind.value, answer.value, step.on, NOTE_VERSION, COORDINATION)

    def _taken_back(self) -> Iterator[tuple[object, ...]]:
        for number, _code, person in self._people:
            for step in person.steps:
                if step.to is State.WITHDRAWN:
                    consent = (ConsentKind.BILAN.value, Answer.WITHDRAWN.value)
                    yield (number, *consent, step.on, NOTE_VERSION, COORDINATION)

    def _sealed(self, ring: Keyring) -> Iterator[tuple[int, str]]:
        for number, code, _person in self._people:
            yield number, ring.seal(code, identity_of(number))

    def _traces(self, ring: Keyring) -> Iterator[tuple[int, str, bytes]]:
        for number, _code, person in self._people:
            for kind, mark in marks(identity_of(number), person.birth_year).items():
                yield number, kind.value, ring.digest(kind, mark)


def _beneficiary(row: tuple[int, str, Person]) -> tuple[object, ...]:
    number, code, one = row
    about = (one.birth_year, one.sex.value, one.employment.value)
    return (number, code, one.site + 1, one.channel.value, one.wave.value, one.referred_on, *about)


def identity_of(number: int) -> Identity:
    """A name that is plainly nobody's, a telephone number of the range kept for fiction, an address of example.org."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = f"{TREES[number // len(FIRST_NAMES) % len(TREES)]}-Exemple"
    phone = f"06 39 98 {number // 100 % 100:02} {number % 100:02}"
    return Identity(last, first, phone, f"personne{number}@example.org")
