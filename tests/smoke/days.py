"""A day of an officer, a lead and a planner on the page of `gihan sandbox`, by keys alone, in either language and width.

`python -m tests.smoke.days` plays them and renews the pictures of docs/picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.cli.sandbox_town import sample
from reports.texts.speaking import LANGUAGES, Language
from store.states import RoleName
from tests.smoke.browser import PHONE, WIDE, View, browsing, playing, shot
from tests.smoke.harness import ROOT

MOST_REMINDERS: Final = 40  # more than there are in a month
PICTURES: Final = ROOT / "docs" / "picture"


def name_of(language: Language, role: RoleName) -> str:
    """Who plays that role in the made-up town."""
    return next(one.name for one in sample(language).players if one.role == role)


def officers_day(view: View, language: Language) -> list[str]:
    """A reminder comes, one milestone is delayed with its reason, the next is done; gives the answers."""
    chat = view.chat(name_of(language, RoleName.OFFICER))
    view.next_reminder()
    said = [chat.write("/my"), *(chat.press(verb) for verb in ("delay|", "delay1w|", "why"))]
    said += [chat.write("/my"), chat.press("done|")]
    assert chat.has_key("undo|")
    return said


def leads_day(view: View, language: Language) -> list[str]:
    """How the team stands, as text and as a picture, which is looked at in full; gives the answers."""
    chat = view.chat(name_of(language, RoleName.LEAD))
    said = [chat.write("/status"), chat.press("stpic")]
    photo = chat.column.locator(".photo").last
    photo.focus()
    view.page.keyboard.press("Enter")
    shown = view.page.locator("#picture[open] img")
    shown.wait_for()
    assert shown.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > WIDE
    view.page.keyboard.press("Escape")
    view.page.locator("#picture").wait_for(state="hidden")
    return said


def planners_day(view: View, language: Language) -> list[str]:
    """How the town stands, what had passed before it began, what is overdue; gives the answers."""
    chat = view.chat(name_of(language, RoleName.PLANNER))
    return [chat.write("/status"), chat.write("/past"), chat.write("/overdue")]


def entry_of_a_month(view: View, language: Language) -> list[str]:
    """The daily message asks for the result of a month: it is entered by one number, and looked at as a picture; gives the
    answers."""
    chat = view.chat(name_of(language, RoleName.OFFICER))
    for _ in range(MOST_REMINDERS):
        if chat.has_key("kpienter|"):
            break
        view.next_reminder()
    said = [chat.press("kpienter|"), chat.write("23"), chat.press("kpidraw|")]
    assert "23" in said[1]
    chat.column.locator(".photo").last.wait_for()
    return said


DAYS: Final = {
    "officer": officers_day,
    "lead": leads_day,
    "planner": planners_day,
    "entry": entry_of_a_month,
}


def main(folder: Path = PICTURES) -> None:
    with browsing() as browser:
        for language in LANGUAGES:
            with playing(language) as url:
                for width in (WIDE, PHONE):
                    view = View.of(browser, url, width)
                    officers_day(view, language)
                    view.enter("#guide-close")
                    view.chat(name_of(language, RoleName.OFFICER))
                    shot(view, folder / f"page-{language}-{width}.webp")
                    view.page.close()


if __name__ == "__main__":
    main()
