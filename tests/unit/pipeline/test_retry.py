"""When a page is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.records import PASSING_REFUSALS, Failed, Fault, Refusal, Rejected
from pipeline.retry import next_try

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TIMEOUT = Failed(Fault.TIMEOUT)


@pytest.mark.parametrize("attempts", [1, 2, 3, 4, 5])
def test_a_failure_is_due_at_the_next_look(attempts: int) -> None:
    assert next_try(TIMEOUT, attempts, NOW) == NOW


@pytest.mark.parametrize(
    ("attempts", "hours"), [(6, 1), (7, 2), (8, 4), (12, 64), (13, 128), (14, 168), (19, 168)]
)
def test_after_five_failures_the_waits_double_up_to_a_week(attempts: int, hours: int) -> None:
    assert next_try(TIMEOUT, attempts, NOW) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("minutes", "wait"), [(0, timedelta(seconds=10)), (2, timedelta(minutes=2)), (90, timedelta(hours=1))]
)
def test_no_wait_is_longer_than_the_page_has_been_waiting_for(minutes: int, wait: timedelta) -> None:
    assert next_try(TIMEOUT, 6, NOW, waiting=timedelta(minutes=minutes)) == NOW + wait


@pytest.mark.parametrize("attempts", [20, 21, 10_000])
def test_a_page_is_given_up_after_twenty_attempts(attempts: int) -> None:
    assert next_try(TIMEOUT, attempts, NOW) is None
    assert next_try(Failed(Fault.ROBOTS), attempts, NOW) is None


@pytest.mark.parametrize("reason", [Fault.ROBOTS, Fault.ADDRESS])
def test_what_is_ruled_out_is_asked_for_again_after_a_day(reason: Fault) -> None:
    assert next_try(Failed(reason), 1, NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize("reason", list(Refusal))
def test_only_a_refusal_that_may_pass_is_tried_again(reason: Refusal) -> None:
    due = next_try(Rejected(reason), 1, NOW)
    assert due == (NOW if reason in PASSING_REFUSALS else None)
