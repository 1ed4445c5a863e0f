"""Pitfalls that real systems fell into: each has at least one test that names it, `@pytest.mark.pitfall(4)`."""

from __future__ import annotations

from tests.house.markers import named

PITFALLS = {
    1: "a time-out taken for a failure: the message went out, and goes out again",
    2: "retries in two layers multiply; errors after the send count as errors before it",
    3: "a long text in parts fails at one part, and the rest is lost",
    4: "a scheduler that drops a job because it comes late",
    5: "a day on which the process was down is never made up for",
    6: "jobs in memory, one a task, vanish or multiply at a restart",
    7: "several workers send several copies",
    8: "a failure recorded as a success",
    9: "one recipient who blocked the bot stops the loop for all",
    10: "a group that became a supergroup is written to at its old id for ever",
    11: "429: guessed limits, no pause, messages dropped",
    12: "two pollers on one token",
    13: "what people wrote while the bot was down is thrown away",
    14: "a second tap does the thing twice",
    15: "a button answered too late, and the work is not done for it",
    16: "button data too long, or forged",
    17: "an underscore or a bracket kills a whole message",
    18: "the token stands in the log",
    19: "a code for linking that never expires",
    20: "the chat is checked and the sender is not",
    21: "a deadline moves, and the old reminder still comes",
    22: "the container's zone makes today yesterday",
}


def test_every_pitfall_has_a_test_that_names_it() -> None:
    known = named("pitfall")
    assert {number: about for number, about in PITFALLS.items() if number not in known} == {}


def test_no_test_names_a_pitfall_that_does_not_exist() -> None:
    assert set(named("pitfall")) - set(PITFALLS) == set()
