"""A person before the page of `gihan sandbox`, in the browser of this machine: looks, types, presses; and what axe says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from tests.shell import others
from tests.smoke.harness import ROOT

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, PHONE = 1280, 390
HEIGHTS: Final = {WIDE: 800, PHONE: 844}
WAIT_MS: Final = 60_000.0
MOST_STOPS: Final = 400


class NoBrowserError(Exception):
    """This machine has none that could be started."""


@contextmanager
def browsing() -> Iterator[Browser]:
    """The installed browser, or the one that Playwright has brought. Raises NoBrowserError."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            raise NoBrowserError(f"no browser: {error.message.splitlines()[0]}") from error
        yield browser
        browser.close()


@contextmanager
def playing(language: str) -> Iterator[str]:
    """`gihan sandbox` in that language: where its page is."""
    command = [sys.executable, "-m", "gihan", "--lang", language, "sandbox", "--no-browser"]
    with subprocess.Popen(
        command, cwd=ROOT, env=others(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        found = (re.search(r": (http://\S+)", line) for line in process.stdout)
        try:
            yield next(one[1] for one in found if one)
        finally:
            process.terminate()
            process.wait(30)


@dataclass
class View:
    """The page on a screen of some width."""

    page: Page

    @classmethod
    def of(cls, browser: Browser, url: str, width: int) -> View:
        page = browser.new_page(viewport={"width": width, "height": HEIGHTS[width]}, reduced_motion="reduce")
        page.set_default_timeout(WAIT_MS)
        page.goto(url)
        page.locator(".column:visible .message").first.wait_for()
        return cls(page)

    def violations(self) -> list[str]:
        """What axe finds wrong now, a line each."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['help']}: {node['html']}" for one in found for node in one["nodes"]]

    def chat(self, name: str) -> Chat:
        """The chat of that person, turned to where only one is shown."""
        chat = Chat(self, self.page.locator(f'.column:has(h2:text-is("{name}"))'))
        tab = self.page.locator(f'[role=tab]:has-text("{name}")')
        if tab.is_visible():
            tab.click()
        chat.column.wait_for()
        return chat

    def enter(self, button: str) -> None:
        """A button is reached and pressed by keys."""
        self.page.locator(button).focus()
        self.page.keyboard.press("Enter")

    def next_reminder(self) -> None:
        before = self.page.locator("#now").text_content()
        self.enter('[data-move="next"]')
        self.page.wait_for_function("was => document.getElementById('now').textContent !== was", arg=before)
        self.page.locator('[data-move="next"]:enabled').wait_for()

    def stops(self) -> list[str]:
        """Where Tab leads, one after the other, until it comes round; what shows no frame there is named as such."""
        self.page.evaluate("document.activeElement.blur()")
        seen: list[str] = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(WHERE)
            if found is None or (seen and found == seen[0]):
                break
            seen.append(found)
        return seen


WHERE = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const hasFrame = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const name = node.id || [...node.classList].join('.') || node.dataset.move || node.tagName.toLowerCase();
  return `${hasFrame ? '' : 'unseen '}${name}#${[...document.querySelectorAll('*')].indexOf(node)}`;
}"""


@dataclass
class Chat:
    """One person's."""

    view: View
    column: Locator

    @property
    def received(self) -> Locator:
        return self.column.locator(".message.theirs")

    def write(self, text: str) -> str:
        """Typed and sent by keys; gives the answer."""
        before = self.received.count()
        self.column.locator("textarea").focus()
        self.view.page.keyboard.type(text)
        self.view.page.keyboard.press("Enter")
        return self._answer(before)

    def has_key(self, verb: str) -> bool:
        """Whether the newest message has a button of that kind."""
        return self.received.last.locator(f'.key[data-data^="v1|{verb}"]').count() > 0

    def press(self, verb: str) -> str:
        """The first button of that kind below the newest message that has one, by keys; gives the answer."""
        key = f'.key[data-data^="v1|{verb}"]'
        before = self.received.count()
        owner = self.received.filter(has=self.view.page.locator(key)).last
        owner.locator(key).first.focus()
        self.view.page.keyboard.press("Enter")
        return self._answer(before)

    def _answer(self, before: int) -> str:
        self.received.nth(before).wait_for()
        return self.received.last.inner_text()


def shot(view: View, file: Path) -> None:
    """What is seen when all is quiet, as a small picture."""
    view.page.wait_for_function("!document.querySelector('[aria-busy=true]')")
    view.page.evaluate("document.activeElement.blur()")
    from io import BytesIO  # noqa: PLC0415 - only whoever renews the pictures needs either

    from PIL import Image  # noqa: PLC0415

    Image.open(BytesIO(view.page.screenshot())).convert("RGB").save(file, "WEBP", quality=70, method=6)
