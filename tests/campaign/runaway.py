"""Texts that keep a careless pattern busy, and `python -m tests.campaign.runaway`, which feeds them to the chat.

The kernel ends that process where one text takes more than its seconds of the processor: a pattern holds the
interpreter, and no other thread could.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path

from bot.routing.registry import COMMANDS
from bot.speech.understand import understand
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

CHAT = 500
LONGEST = 4096  # of a message
DOCUMENT = 200_000
CHAT_S = (
    5  # of the processor, for reading one message in two ways and answering it; usual are some hundredths
)
PIECES = [
    *(
        "1",
        "12",
        "104 ",
        "9번 ",
        "#7",
        "1-",
        "1,",
        "1.",
        "26. ",
        "7/",
        "3월 ",
        "'31. ",
        "25²",
        "１",
        "٣",
        "50%",
        "2주 ",
    ),
    *(
        "가",
        "일",
        "완료",
        "연기 ",
        "까지",
        "메모",
        "고 ",
        "하고",
        "은",
        "을 ",
        "사유",
        "사유: ",
        "때문에 ",
        "이라서 ",
        "공기 ",
    ),
    *(
        "a",
        "Z",
        "done ",
        "by ",
        "as ",
        "@",
        "a@",
        "a.",
        "/",
        "/my ",
        "http://",
        "<",
        "<b",
        "<ul ",
        "&lt;",
        "**",
        "| ",
        "|-",
        "--",
    ),
    *(
        "(",
        ")",
        "()",
        "((",
        "[",
        "]",
        "「",
        "“",
        "※",
        "□ ",
        "○ ",
        "- ",
        "· ",
        "①",
        "Ⅰ.",
        "→",
        ";",
        ":",
        " : ",
        "~",
        "…",
        "'",
        "’",
    ),
    *(
        " ",
        "  ",
        "\u3000",
        "\xa0",
        "\t",
        "\n",
        "\n\n",
        "\u200b",
        "\u0301",
        "😀",
        "ㅋ",
        "ㅠ",
        "각",
        "\ufeff",
        "№",
        "■",
        "◆",
    ),
]
LEADS = [
    "",
    "112 ",
    "112번 ",
    "완료 ",
    "/delay 112 ",
    "연기 112 7.20 ",
    "- 착공 : ",
    "담당자\t",
    "소요예산 ",
    "26. 7. 1. ~ ",
    "(",
    "1-1 ",
]
SPOILS = ["", "!", "x", "가", "1", "\n", ")", " 메모", "완료했습니다", "%", "²", ":"]


def runaway(chance: random.Random, length: int) -> str:
    """A run, or an alternation, that begins like something that is known and ends as nothing is."""
    pieces = chance.sample(PIECES, chance.choice([1, 1, 2, 2, 3, 5]))
    lead, spoil = chance.choice(LEADS), chance.choice(SPOILS)
    if chance.random() < 0.3:
        body = "".join(chance.choices(pieces, k=length))
    else:
        times = max(1, length // sum(map(len, pieces)))
        body = "".join(piece * chance.choice([1, 1, 2, 7]) for piece in pieces) * times
    if chance.random() < 0.3:
        body = body[: length // 2] + chance.choice(PIECES) + body
    return lead + body[: max(0, length - len(lead) - len(spoil))] + spoil


def document(chance: random.Random, length: int = DOCUMENT) -> str:
    """A plan with runaways in places where something is looked for: on one line, in many, in cells."""
    card = "1-1-① 하늘길 걷기\n\n주관부서\t건강과\t관련 협업기관\t-\n담당자\t가나다 주무관\t연락처\t-\n\n□ 추진일정\n"
    where = chance.choice(["line", "lines", "cells", "all"])
    if where == "line":
        return f"{card}- {runaway(chance, length)}\n"
    if where == "lines":
        lines = (runaway(chance, chance.choice([80, 400, 5000])) for _ in range(length // 1500))
        return (card + "\n".join(f"{chance.choice(['- ', '○ ', ''])}{one}" for one in lines))[:length]
    if where == "cells":
        rows = (
            "\t".join(runaway(chance, 150).replace("\n", " ") for _ in range(6)) for _ in range(length // 900)
        )
        return (card + "추진일자\t추진사항\t비고\n" + "\n".join(rows))[:length]
    return runaway(chance, length)


def sheet(chance: random.Random, columns: tuple[str, ...], length: int = DOCUMENT) -> str:
    """A table whose head is known and whose cells are runaways, some as long as a cell may be."""
    rows = ["\t".join(columns)]
    while sum(map(len, rows)) < length:
        cells = (runaway(chance, chance.choice([20, 200, 3000])) for _ in columns)
        rows.append("\t".join(" ".join(cell.split("\t")).replace("\n", " ") for cell in cells))
    return "\n".join(rows)


def talk(seed: int, first: int, count: int) -> None:
    """Each text is read as words, sent as words, and sent behind a command, by an officer, a lead and a planner."""
    with tempfile.TemporaryDirectory() as folder:
        chat = _office(Path(folder))
        for number in range(first, first + count):
            chance = random.Random(f"{seed}:{number}")
            text, name = (
                runaway(chance, chance.choice([40, CHAT, CHAT, LONGEST])),
                chance.choice(list(chat.people)),
            )
            command = chance.choice(COMMANDS).name
            sys.stdout.write(f"{number} {name} {command} {text!r}\n")
            sys.stdout.flush()
            _within(CHAT_S)
            understand(text, date(2026, 6, 30), chat.rules.calendar)
            for said in (text, f"/{command} {text}"):
                _within(CHAT_S)
                chat.say(name, said)


def _within(seconds: int) -> None:
    """From now on the process may use so much more of the processor, and is ended by the kernel beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def _office(folder: Path) -> Chat:
    chat = Chat(folder, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 30))))
    chat.join("김하늘")
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("최기획", RoleName.PLANNER)
    return chat


def main() -> int:
    """The last line of the output is the text that took too long, where the process does not end with 0."""
    given = argparse.ArgumentParser(prog="python -m tests.campaign.runaway", description=__doc__)
    for name in ("seed", "first", "count"):
        given.add_argument(f"--{name}", type=int, required=True)
    wanted = given.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    talk(wanted.seed, wanted.first, wanted.count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
