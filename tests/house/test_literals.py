"""What a person reads stands in texts of a language, never in Python: there is no Hangul in the code of the rooms.

Free are the modules whose Hangul is what is *read* (words that documents and officers write), in which no sentence may stand,
and the constants below, each with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")

# Modules of patterns and words alone. What tells a person something (findings, questions) has no place in them.
_PLANS = [
    "account",
    "checks/amounts",
    "checks/announced",
    "checks/claims",
    "checks/counts",
    "checks/names",
    "checks/rates",
    "checks/schedule",
    "checks/sums",
    "checks/twins",
    "entries/beside",
    "entries/body",
    "entries/brackets",
    "entries/clauses",
    "entries/items",
    "entries/ladders",
    "entries/lists",
    "entries/paragraphs",
    "entries/phrase",
    "entries/sentences",
    "entries/shapes",
    "entries/suspensions",
    "fields/charge",
    "fields/labels",
    "fields/money",
    "fields/people",
    "indicators/read",
    "indicators/tables",
    "indicators/values",
    "readers/bars",
    "readers/hwp",
    "sheet/columns",
    "sheet/handover",
    "sheet/indicator_words",
    "sheet/item_words",
    "sheet/opinion_words",
    "sheet/lists",
    "sheet/people_list",
    "sheet/question_words",
    "sheet/roster",
    "time/workdays",
    "structure/blocks",
    "residue/evidence",
    "residue/pieces",
    "residue/rows",
    "residue/runs",
    "structure/cards",
    "structure/cover",
    "structure/from_fields",
    "structure/from_projects",
    "structure/from_rest",
    "structure/headings",
    "structure/letter",
    "structure/numbering",
    "structure/outline",
    "structure/projects",
    "structure/sections",
    "structure/tasklist",
    "structure/years",
    "tables/column_roles",
    "tables/field_rows",
    "tables/flows",
    "tables/grids",
    "tables/headed",
    "tables/header_rows",
    "tables/registers",
    "tables/results",
    "tables/rows",
    "tables/steps",
    "tables/upright",
    "tables/whens",
    "tables/yearly",
    "text/broken",
    "text/lines",
    "time/days",
    "time/weekday_year",
    "time/grammar",
    "time/points",
    "time/routines",
    "time/rules",
    "time/scan",
    "time/tokens",
    "time/typed/dates",
    "time/typed/vocabulary",
    "time/words",
]
_SPEECH = ["absences", "answers", "closed", "dates", "reading", "sentences", "understand"]
VOCABULARY = frozenset(
    {
        "bot/chat/names.py",
        "bot/privacy/patterns.py",
        "bot/asks/vocabulary.py",
        "bot/corrections/vocabulary.py",
        "bot/indicators/vocabulary.py",
        "bot/items/vocabulary.py",
        "bot/meetings/vocabulary.py",
        "bot/rounds/vocabulary.py",
        *(f"bot/speech/{name}.py" for name in _SPEECH),
        "jobs/rules/guess_reason.py",
        "reports/pledges.py",
        *(f"plans/{name}.py" for name in _PLANS),
    }
)
# Constants elsewhere that read, with what they read; or that stay as they are for another reason.
KEPT = {
    ("bot/chat/turn.py", "_ID"): "a number as people type it",
    ("bot/completion/evidence.py", "NOT_PUBLIC"): "how a caption says that a picture is not public",
    ("bot/completion/evidence.py", "PUBLIC"): "how it says that it is",
    ("bot/completion/evidence.py", "_DOCUMENT_NO"): "the number of a document",
    ("bot/delays/adjust.py", "SHORT"): "kinds of adjustment as they may be typed",
    ("bot/delays/request.py", "NOTHING_TO_SAY"): "words of somebody who has no catch-up plan",
    ("bot/documents/add.py", "TASK_WORDS"): "the words that begin a new task",
    ("bot/overview/lists.py", "_DAYS"): "may stand behind a number of days",
    ("bot/people/assign.py", "DEPUTY_WORDS"): "typed behind a name",
    ("bot/people/away.py", "END_WORDS"): "typed to end an absence",
    ("bot/people/away.py", "_DAY_ONLY"): "a day as it is typed",
    ("bot/standing/watch.py", "OFF_WORDS"): "typed behind a number to lift a mark",
    ("jobs/authority/permissions.py", "PROGRAM"): "the program's own name, which the log keeps",
    ("jobs/milestones/share.py", "EVERYBODY"): "how documents name all departments",
    ("jobs/plans/identity.py", "UNTITLED"): "what the store knows entries without a title by",
    ("jobs/plans/year_end.py", "DUE_NEXT_YEAR"): "a reason that the log keeps, in the words of its day",
    ("plans/text/characters.py", "_BLANK"): "letters that nobody sees",
    ("plans/draft.py", "UNTITLED"): "what the store has for a task's lost title, and knows it again by",
    ("plans/draft.py", "UNNAMED"): "the same of an entry",
    ("plans/text/spelling.py", "_LOOSE"): "the middle dot among the signs that spellings leave out",
    ("reports/period.py", "_WRITTEN"): "a quarter as people type it",
    ("reports/period.py", "_ALONE"): "the same without its year",
    ("reports/quarterly/wording.py", "_TOTAL"): "the total's row of a document's table",
    ("store/erasure.py", "_BEFORE"): "letters before which a name is the end of another word",
    ("store/erasure.py", "_LEFT"): "what the store has for ever in the place of a forgotten name",
    ("store/erasure.py", "_RANK"): "titles behind a name",
}
MOST_KEPT = 40
ROOMS = ("bot", "gihan", "jobs", "plans", "reports", "sandbox", "store", "docs/first-command/bot")
_POLITE = "[가-힣](?:니다|십시오|세요|까요|[해어아여에]요)"
SENTENCE = (
    re.compile(_POLITE + r"[\"'”’]*\s?[.!?:(]"),
    re.compile(rf"\s\S*{_POLITE}[\"'”’]*\s*$"),
    re.compile(r"[“”]|[가-힣]\.\s+[가-힣]"),
    re.compile(
        r"(?:^|\s)[가-힣]+(?:은|는|이|가|을|를|에서|으로|에게|의|와|과|까지)\s(?:.*\s)?[가-힣]+[다음함임됨요오까][.?!\"']*$",
        re.S,
    ),
)
"""A polite ending before a sign or behind other words, a quotation, one sentence behind another; particles and a predicate."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Texts with Hangul in the module, an f-string as one: line and text. Docstrings count where a command line prints them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = path.relative_to(ROOT).as_posix()
    passed = {id(one) for node in ast.walk(tree) for one in _passed(node, name)}
    for node in _outermost(tree, passed):
        text = ast.unparse(node) if isinstance(node, ast.JoinedStr) else str(node.value)
        if HANGUL.search(text):
            yield node.lineno, text


def _passed(node: ast.AST, name: str) -> Iterator[ast.AST]:
    """What is no text for a person: docstrings that nobody prints, and the constants that are kept."""
    if isinstance(node, ast.Module | ast.ClassDef):  # a sentence below an attribute says what it is, too
        yield from _bare(node.body)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_printed(node):
        yield from _bare(node.body[:1])
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(one, ast.Name) and (name, one.id) in KEPT for one in targets):
            yield node.value


def _bare(statements: list[ast.stmt]) -> Iterator[ast.AST]:
    """Texts that stand alone as a statement."""
    return (
        one.value for one in statements if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    )


def _is_printed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Typer prints the docstring: a function that is made a command or a callback."""
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in {"command", "callback"}
        for one in node.decorator_list
    )  # fmt: skip


def _outermost(node: ast.AST, passed: set[int]) -> Iterator[ast.JoinedStr | ast.Constant]:
    if id(node) in passed:
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
        return
    for inner in ast.iter_child_nodes(node):
        yield from _outermost(inner, passed)


def modules(room: str) -> list[Path]:
    found = sorted((ROOT / room).rglob("*.py"))
    return [path for path in found if path.relative_to(ROOT).as_posix() not in VOCABULARY]


def found_in(room: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {text}" for path in modules(room) for line, text in literals(path)
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_stands_in_the_code(room: str) -> None:
    assert found_in(room) == []


def test_what_is_kept_has_a_reason_and_is_there() -> None:
    assert len(KEPT) <= MOST_KEPT and all(KEPT.values())
    assert VOCABULARY.isdisjoint(path for path, _ in KEPT)
    for path, name in KEPT:
        names = {
            one.id
            for one in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
            if isinstance(one, ast.Name)
        }
        assert name in names, (path, name)  # fmt: skip


def test_every_module_of_vocabulary_is_there_and_has_words() -> None:
    assert [name for name in sorted(VOCABULARY) if not [*literals(ROOT / name)]] == []


def told(path: Path) -> list[tuple[int, str]]:
    """What a module of vocabulary says to somebody: sentences, and words that a function puts together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.Lambda)]
    made = {ast.unparse(one) for of in functions for one in ast.walk(of) if isinstance(one, ast.JoinedStr)}
    worded = {one for one in made if re.search("[가-힣]{2}", one)}  # a number with its unit is read again
    return [one for one in literals(path) if one[1] in worded or any(it.search(one[1]) for it in SENTENCE)]


@pytest.mark.parametrize("name", sorted(VOCABULARY))
def test_no_word_of_vocabulary_is_a_sentence(name: str) -> None:
    assert told(ROOT / name) == []


@pytest.mark.parametrize(
    "code",
    [
        'raise UsageError("새 기한을 알려 주십시오.")',
        'why = "이미 지난 날입니다(다시 적어 주십시오)"',
        'LABELS = ["완료", "번호를 확인하세요"]',
        'ASKS = {"done": "완료로 등록할까요?"}',
        'WHY = "시기를 알 수 없음"',
        'SAID = "날짜는 “7.20”처럼"',
        'def told(day): return f"{day}까지 연기"',
    ],
)
def test_a_sentence_put_among_the_words_is_found(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    words = (Path(__file__).parents[2] / "plans/time/words.py").read_text(encoding="utf-8")
    (tmp_path / "words.py").write_text(f"{words}\n\n{code}\n", encoding="utf-8")
    assert len(told(tmp_path / "words.py")) == 1


def _read(file: Path) -> str:
    """The text of the file; nothing of one that is no text: a picture, a font."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_what_is_no_python_stands_below_texts() -> None:
    """Pages, scripts and tables with Hangul, but for the sample plan that the sandbox begins with."""
    files = [
        one for room in ROOMS for one in (ROOT / room).rglob("*") if one.is_file() and one.suffix[:3] != ".py"
    ]
    found = [one.relative_to(ROOT) for one in files if HANGUL.search(_read(one))]
    assert [str(one) for one in found if {"texts", "sample"}.isdisjoint(one.parts)] == []


def test_a_docstring_counts_only_where_it_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    code = '''
"""모듈"""
@cli.command()
def told():
    """하는 일"""
    say(f"{count}건")
def untold():
    """연기"""
'''
    (tmp_path / "it.py").write_text(code, encoding="utf-8")
    assert [text for _, text in literals(tmp_path / "it.py")] == ["하는 일", "f'{count}건'"]
