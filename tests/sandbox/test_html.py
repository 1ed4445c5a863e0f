"""HTML parse mode as Telegram reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import check_text, formatted, typed
from sandbox.errors import ApiError
from sandbox.html import parse_html
from sandbox.shapes import utf16_length


def kinds(source: str) -> list[tuple[str, int, int]]:
    """Type, offset and length of the entities of a text."""
    _, entities = formatted(source, "HTML", None)
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


def test_emoji_count_as_two_units() -> None:
    assert kinds("😀<b>완료</b>") == [("bold", 2, 2)]


def test_nested_tags_give_nested_entities() -> None:
    assert kinds("<b>가<i>나</i></b>") == [("bold", 0, 2), ("italic", 1, 1)]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("strong", "bold"), ("em", "italic"), ("u", "underline"), ("ins", "underline"), ("s", "strikethrough"),
        ("strike", "strikethrough"), ("del", "strikethrough"), ("tg-spoiler", "spoiler"), ("code", "code"),
        ("pre", "pre"), ("blockquote", "blockquote"), ('span class="tg-spoiler"', "spoiler"),
    ],
)  # fmt: skip
def test_each_tag_has_its_entity(tag: str, kind: str) -> None:
    assert kinds(f"<{tag}>글</{tag.split(maxsplit=1)[0]}>") == [(kind, 0, 1)]


def test_a_link_keeps_its_address() -> None:
    text, entities = parse_html("<a href='https://x.kr/?a=1&amp;b=2'>보기</a>")
    assert text == "보기"
    assert entities == [{"offset": 0, "length": 2, "type": "text_link", "url": "https://x.kr/?a=1&b=2"}]


def test_references_become_characters() -> None:
    assert parse_html("&lt;b&gt; &amp; &quot; &#44032; &#xAC00; &nbsp;")[0] == '<b> & " 가 가 &nbsp;'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>", 'Unsupported start tag "x" at byte offset 0'),
        ("가<담당자>", 'Unsupported start tag "담당자" at byte offset 3'),
        ("<b>가", 'Can\'t find end tag corresponding to start tag "b"'),
        ("가</b>", "Unexpected end tag at byte offset 3"),
        ("<b>가</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("예산 < 10", 'Unsupported start tag "" at byte offset 7'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>가</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text())
def test_markup_of_any_kind_is_read_or_refused_never_a_crash(source: str) -> None:
    try:
        text, entities = formatted(source, "HTML", None)
    except ApiError:
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= utf16_length(text) for e in entities)


def test_text_is_trimmed_and_entities_move_along() -> None:
    assert formatted("  <b> 가</b> ", "HTML", None) == ("가", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_and_tags_are_marked_but_numbers_are_no_hashtags() -> None:
    _, entities = typed("/done 112 #112 #과제 @gihan_bot https://x.kr/a.")
    assert [entity["type"] for entity in entities] == ["bot_command", "hashtag", "mention", "url"]


def test_nothing_is_marked_inside_code() -> None:
    assert kinds("<code>/done</code>") == [("code", 0, 5)]


def test_4096_units_are_allowed_and_4097_are_not() -> None:
    check_text("가" * 4096)
    with pytest.raises(ApiError, match="message is too long"):
        check_text("😀" * 2048 + "가")
