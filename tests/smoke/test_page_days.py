"""Days on the page of `gihan sandbox` in a browser, by keys alone, with nothing that axe finds wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import pytest
from playwright.sync_api import Browser

from reports.texts.speaking import LANGUAGES, Language
from tests.smoke.browser import PHONE, WIDE, NoBrowserError, View, browsing, playing
from tests.smoke.days import DAYS

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(300)]
HANGUL = re.compile("[\uac00-\ud7a3]")
DIALOGS = {"#add-open": "#add", "#group-open": "#group", "#anew-open": "#anew"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with browsing() as found:
            yield found
    except NoBrowserError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module", params=LANGUAGES)
def town(request: pytest.FixtureRequest) -> Iterator[tuple[Language, str]]:
    """One town a language, in which all of these days are played."""
    with playing(request.param) as url:
        yield cast(Language, request.param), url


@pytest.fixture(params=[WIDE, PHONE])
def view(browser: Browser, town: tuple[Language, str], request: pytest.FixtureRequest) -> Iterator[View]:
    found = View.of(browser, town[1], request.param)
    yield found
    found.page.close()


@pytest.mark.parametrize("role", DAYS)
def test_a_day_is_played_by_keys(view: View, town: tuple[Language, str], role: str) -> None:
    language = town[0]
    said = DAYS[role](view, language)
    assert {bool(HANGUL.search(one.partition("\n")[0])) for one in said} == {language == "ko"}, said
    assert view.violations() == []


def test_every_dialog_opens_and_closes_by_keys_and_gives_the_focus_back(view: View) -> None:
    for button, dialog in DIALOGS.items():
        view.enter(button)
        view.page.locator(f"{dialog}[open]").wait_for()
        assert view.violations() == []
        view.page.keyboard.press("Escape")
        view.page.locator(dialog).wait_for(state="hidden")
        assert view.page.evaluate("'#' + document.activeElement.id") == button


def test_commands_are_chosen_by_keys(view: View) -> None:
    field = view.page.locator(".column:visible textarea").first
    field.focus()
    view.page.keyboard.type("/")
    view.page.locator("[role=listbox]:visible").wait_for()
    view.page.keyboard.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert view.page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    assert view.violations() == []
    view.page.keyboard.press("Escape")
    assert view.page.locator("[role=listbox]:visible").count() == 0


def test_everything_is_reached_by_tab_and_shows_that_it_is(view: View) -> None:
    stops = view.stops()
    assert [one for one in stops if one.startswith("unseen")] == []
    names = {one.partition("#")[0] for one in stops}
    assert {
        "primary",
        "guide-close",
        "add-open",
        "group-open",
        "anew-open",
        "textarea",
        "send",
        "tool",
    } <= names
    assert any(one.startswith(("log", "key")) for one in names)
