"""A text changed in its file is another at once in the message, on the page of messages and in the docs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json
from datetime import date
from bot.cli import permissions, privacy_page
from bot.privacy import guard
from bot.privacy.levels import Level
from bot.routing.registry import BY_NAME
from bot.texts import render
from tests.messages import facts
from tests.messages.page import page

with guard.speaking(Level.MINIMAL):
    told = [
        render.text("help", organisation="한별시", number=112, title="", groups=[], commands=[BY_NAME["done"]]),
        render.text("late_noted", milestone=facts.MILESTONE, reason="업체가 늦음", minutes=10),
        render.text("delay_noted", milestone=facts.MILESTONE, what="문의 02-987-1234"),
    ]
docs = permissions.markdown() + privacy_page.markdown()
print(json.dumps({"message": "".join(told), "page": page(), "docs": docs}))
"""
CHANGES = {
    "commands": ('summary = "완료 등록(', 'summary = "마친 일 올리기('),
    "privacy": ('hidden = "(생략)"', 'hidden = "(밝히지 않음)"'),
    "privacy.gone": ('phone = "(전화번호 생략)"', 'phone = "(번호는 비밀)"'),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a project says in which the three texts, and nothing else, are others."""
    copy = tmp_path_factory.mktemp("copy")
    mirrored(
        ROOT, copy, {"bot", "bot/texts", "bot/texts/ko", "bot/texts/ko/commands", "bot/texts/ko/privacy"}
    )
    for name, (was, now) in CHANGES.items():
        path = copy / f"bot/texts/ko/{name.partition('.')[0]}/lines.toml"
        text = path.read_text(encoding="utf-8")
        assert text.count(was) == 1
        path.unlink()
        path.write_text(text.replace(was, now), encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=copy, env=env, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def mirrored(where: Path, copy: Path, own: set[str], name: str = "") -> None:
    """Links to what lies there; the folders of `own` are folders themselves."""
    for one in where.iterdir():
        below = f"{name}/{one.name}".lstrip("/")
        if below in own:
            (copy / one.name).mkdir()
            mirrored(one, copy / one.name, own, below)
        else:
            (copy / one.name).symlink_to(one)


@pytest.mark.parametrize("where", ["message", "page", "docs"])
@pytest.mark.parametrize("name", CHANGES)
def test_it_is_another_everywhere(name: str, where: str, shown: dict[str, str]) -> None:
    was, now = (one.partition('"')[2].rstrip('"') for one in CHANGES[name])
    assert now in shown[where]
    assert was not in shown[where]
