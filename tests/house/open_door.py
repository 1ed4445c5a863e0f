"""`python -m tests.house.open_door`: what comes in from outside, and the tests that play it, into docs/reliability.md."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.campaign.report import put_section
from tests.house.markers import named

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
HEADING = "What comes in, and the tests that play it"
KINDS = {
    "kind A": "a loop that is woken by the wall clock, which can be set back or stand still",
    "kind B": "an update that is parsed before it is kept",
    "kind C": "health that means 'sends' while the bot is deaf or mute",
    "kind D": "a reader that passes over what it does not know, without a word",
    "kind E": "text compared as it was typed: composed and decomposed Hangul are two",
    "kind F": "only the words of a message count: not who wrote it, where, to which bot, and whether anew",
    "kind G": "one press or one refusal ends something for good, and nobody above hears of it",
    "kind H": "an absence moves the reminders and not the decisions",
    "kind I": "an open question takes every sentence for its answer",
    "kind J": "what becomes due today is not told once the morning's message is out",
    "kind K": "clients beside the sender that lack what the sender has learned",
    "kind L": "a calendar rule taken by the letter: the 31st of a month that has none",
    "kind M": "numbers that are typed reach the store without a bound",
    "kind N": "a name is one word, and a rank one of a list",
}
ROWS = {
    "A1": "somebody disposes of a person of equal or higher rank",
    "A2": "a link for another person's account gives that person's roles away",
    "A3": "a button of earlier does what its presser may no longer do",
    "A4": "a made-up person asks, and its maker approves",
    "A5": "who is asked to decide may not, and who may is not asked",
    "A6": "a pack handed over shows tasks that have gone on since",
    "A7": "the former officer's buttons and messages still act on the task",
    "A8": "a report holds rows of departments that its reader may not see",
    "B1": "an honest list of numbers keeps the reader of words busy for minutes",
    "B2": "one odd update stops the taking in of all others",
    "B3": "a rule of repetition in a sheet that never comes to an end",
    "B4": "a large honest sheet holds the store while others wait",
    "B5": "digits that are no numbers break a reader, again and again",
    "B6": "a text document eats the time and memory of the bot itself",
    "B7": "a small packed document unfolds into gigabytes",
    "B8": "one person's pictures make everybody wait",
    "B9": "half requests take all connections",
    "B10": "one officer fills another's chat",
    "B11": "a stranger makes the ledger grow for ever",
    "C1": "signs of markup in a plan's name: its message never arrives, or bears a link of its author's",
    "C2": "addresses, commands and names within reasons become live in somebody else's chat",
    "C3": "a reason of letters that nobody sees",
    "C4": "control letters in titles reach the operator's terminal",
    "C5": "a foreign web page speaks to the sandbox as the bot",
    "D1": "the reader of foreign files sees the token, the network, the account's files",
    "D2": "the store's file is deleted or replaced while the bot runs",
    "D3": "settings and reports with secrets that every account can read",
}
BESIDE = {"D4": "what nobody had tried: names of files, passwords in errors, zones, several senders at once"}
NAMES = KINDS | ROWS | BESIDE


def section() -> str:
    """The table of all names with the tests that play them, as the sources have it now."""
    tests = named("open_door")
    lines = [
        "Kinds of fault that users of similar programs reported (kind A to N), and what an attacker tried on this one",
        "(A1 to D3). Each is played from outside by the tests beside it: against real processes where something stops",
        "or starts the program, through the chat where it is about words and rights. `make faults` runs them all.",
        "",
        "| | what comes in | played by |",
        "|---|---|---|",
    ]
    for name, about in NAMES.items():
        played = ", ".join(f"`{test}`" for test in sorted(tests.get(name, ())))
        lines.append(f"| {name} | {about} | {played or '–'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    put_section(PAGE, HEADING, section())
    sys.exit(0)
