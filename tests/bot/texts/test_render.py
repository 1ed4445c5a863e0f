"""Message text: particles, days, cutting, pages, and templates that cannot be filled wrongly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.texts import message_length, render
from store.deliveries import Html


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("연기", "은/는", "연기는"),
        ("완료일", "은/는", "완료일은"),
        ("김하늘", "이/가", "김하늘이"),
        ("이팀장", "이/가", "이팀장이"),
        ("박바다", "이/가", "박바다가"),
        ("3", "은/는", "3은"),
        ("2", "은/는", "2는"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("대구", "으로/로", "대구로"),
        ("「계획」", "을/를", "「계획」을"),
        ("SNS", "은/는", "SNS은(는)"),
    ],
)
def test_particles_follow_the_last_sound(word: str, pair: str, said: str) -> None:
    assert render.josa(word, pair) == said


def test_days_carry_their_weekday() -> None:
    assert render.long_day(date(2021, 6, 30)) == "2021. 6. 30.(수)"
    assert render.near_day(date(2021, 6, 30), date(2021, 1, 1)) == "6. 30.(수)"
    assert render.near_day(date(2021, 6, 30), date(2022, 1, 1)) == "2021. 6. 30.(수)"


def test_a_missing_fact_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        render.text("usage", reason="x")


@pytest.mark.parametrize("template", render.catalogue().templates)
def test_every_template_is_well_formed(template: str) -> None:
    assert render.environment().get_template(template).name == template


def test_escaping_cannot_be_forgotten() -> None:
    assert "&lt;script&gt;" in render.text("usage", reason="<script>", example=None)


@given(st.lists(st.text(min_size=1, max_size=900), max_size=40), st.integers(1, 12))
def test_pages_keep_every_item_whole_and_in_order_below_the_limit(items: list[str], per_page: int) -> None:
    escaped = [one.replace("<", "").replace("&", "") for one in items]
    cuts = message_length.pages(escaped, per_page)
    assert [one for cut in cuts for one in cut] == escaped
    assert all(len(cut) <= per_page for cut in cuts)
    assert all(sum(message_length.units(one) + 2 for one in cut) <= message_length.MOST_UNITS for cut in cuts)


def test_length_is_counted_as_telegram_does() -> None:
    assert message_length.units("<b>가&amp;😀</b>") == 4


@given(st.lists(st.text("가나 <b>😀", max_size=6000), max_size=6))
@pytest.mark.pitfall(3)
def test_a_message_of_any_length_is_split_below_the_limit(lines: list[str]) -> None:
    text = "\n".join(line.replace("<", "").replace(">", "") for line in lines)
    parts = message_length.split(Html(text))
    assert all(message_length.units(part) <= message_length.MOST_UNITS for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
