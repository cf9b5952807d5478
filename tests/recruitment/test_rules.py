"""The flow always balances, and small groups stay hidden whatever is known of the totals."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lib.journey.rules import LIVE, REASONS, STEPS, Reason, State, Wave
from lib.recruitment.rules import (
    SMALLEST_SHOWN,
    Box,
    Count,
    Loss,
    balance,
    cumulative,
    flow_of,
    included_by_wave,
    masked,
    masked_losses,
    masked_rows,
    reached,
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    state = draw(st.sampled_from(State))
    reason = draw(st.sampled_from(REASONS.get(state, ()))) if REASONS.get(state) else None
    place = STEPS.index(state) if state in STEPS else draw(st.integers(0, len(STEPS) - 1))
    wave = draw(st.sampled_from(Wave))
    return Count(place, state, reason.value if reason else "", draw(st.integers(0, 300)), wave)


@given(st.lists(counts(), max_size=60))
def test_every_box_is_the_next_one_and_those_who_left_or_wait(found: list[Count]) -> None:
    flow = flow_of(found)

    assert balance(flow)
    assert flow[0].n == sum(count.n for count in found)
    assert sum(included_by_wave(found).values()) == flow[-1].n
    assert [box.step for box in flow] == list(STEPS)


@given(st.lists(counts(), max_size=60))
def test_losses_are_coded_and_nobody_live_is_lost(found: list[Count]) -> None:
    for box in flow_of(found):
        assert all(loss.state not in LIVE and loss.n for loss in box.losses)


def test_a_flow_by_hand() -> None:
    flow = flow_of(
        [
            Count(0, State.IDENTIFIED, "", 4),
            Count(0, State.NOT_APPROACHED, "forgotten", 2),
            Count(1, State.INELIGIBLE, "age", 3),
            Count(2, State.DEFERRED, "", 1),
            Count(3, State.DECLINED, "fatigue", 5),
            Count(4, State.CONSENTED, "", 7),
            Count(4, State.WITHDRAWN, "moved", 1),
        ]
    )

    assert [box.n for box in flow] == [23, 17, 14, 13, 8]
    assert flow[0] == Box(State.IDENTIFIED, 23, 4, 0, (Loss(State.NOT_APPROACHED, Reason.FORGOTTEN, 2),))
    assert (flow[2].waiting, flow[2].deferred, flow[2].lost) == (0, 1, 0)
    assert flow[4].losses == (Loss(State.WITHDRAWN, Reason.MOVED, 1),)
    assert reached(flow, State.CONSENTED) == 8


def test_an_unbalanced_flow_is_seen() -> None:
    """Guards the check itself."""
    first, *rest = flow_of([Count(0, State.IDENTIFIED, "", 4)])
    assert not balance([Box(first.step, 5, first.waiting, 0, ()), *rest])


@given(st.lists(st.integers(0, 40), max_size=12))
def test_what_is_hidden_cannot_be_computed_from_the_total(numbers: list[int]) -> None:
    shown = masked(numbers)
    hidden = [n for n, seen in zip(numbers, shown, strict=True) if seen is None]

    assert all(seen is None or seen >= SMALLEST_SHOWN for seen in shown)
    everything_hidden = len(hidden) == len(numbers)
    assert not hidden or everything_hidden or (len(hidden) >= 2 and sum(hidden) >= SMALLEST_SHOWN)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), max_size=10))
def test_no_part_of_a_row_tells_about_the_few_that_are_left(rows: list[tuple[int, int, int]]) -> None:
    nested = [sorted(row, reverse=True) for row in rows]
    for row, seen in zip(nested, masked_rows(nested), strict=True):
        for n, part in zip(row[1:], seen[1:], strict=True):
            assert part is None or (part >= SMALLEST_SHOWN and row[0] - n >= SMALLEST_SHOWN)


def test_the_second_smallest_hides_with_the_only_small_one() -> None:
    assert masked([3, 20, 9, 30]) == [None, 20, None, 30]
    assert masked([20, 9, 30]) == [20, 9, 30]
    losses = (Loss(State.DECLINED, Reason.FATIGUE, 12), Loss(State.DECLINED, Reason.FEAR, 2))
    assert [loss.n for loss in masked_losses(losses)] == [None, None]


def test_totals_add_up_week_after_week() -> None:
    weeks = [(date(2026, 3, 2), 2), (date(2026, 3, 16), 1)]
    assert cumulative(weeks) == [(date(2026, 3, 2), 2), (date(2026, 3, 16), 3)]
