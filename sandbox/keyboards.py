"""reply_markup -> the rows of an inline keyboard, checked as Telegram does."""

import re
from typing import Any

from sandbox import errors
from sandbox.params import Params
from sandbox.shapes import Json

DATA_LIMIT = 64
"""Bytes of callback_data."""
BUTTONS_LIMIT = 100
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = ("danger", "success", "primary")
Rows = tuple[tuple[Json, ...], ...]


def keyboard_of(params: Params, *, only_inline: bool = False) -> Rows:
    """The inline keyboard of a call; empty where there is none or a keyboard of another kind.

    Raises: ApiError where the markup is broken, or where an edit names another kind of keyboard.
    """
    try:
        markup = params.value("reply_markup")
    except errors.ApiError:
        raise errors.bad_request(errors.MARKUP_NOT_JSON) from None
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise errors.bad_request(errors.MARKUP_NOT_OBJECT)
    if "inline_keyboard" not in markup:
        if only_inline and markup:
            raise errors.bad_request(errors.INLINE_EXPECTED)
        return ()
    return _rows(markup["inline_keyboard"])


def _rows(given: Any) -> Rows:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise errors.bad_request('Field "inline_keyboard" must be of type Array')
    rows = tuple(tuple(_button(button) for button in row) for row in given if row)
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise errors.bad_request(errors.MARKUP_TOO_LONG)
    return rows


def _button(given: Any) -> Json:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not given["text"].strip():
        raise errors.bad_request(errors.BUTTON_WITHOUT_TEXT)
    if not any(action in given for action in ACTIONS):
        raise errors.bad_request(errors.BUTTON_WITHOUT_ACTION)
    if "callback_data" in given and not 1 <= len(str(given["callback_data"]).encode()) <= DATA_LIMIT:
        raise errors.bad_request(errors.BUTTON_DATA_INVALID)
    if "url" in given and not re.match(r"(https?|tg)://\S|(mailto|tel):\S", str(given["url"])):
        raise errors.bad_request(errors.BUTTON_URL_INVALID)
    if "style" in given and given["style"] not in STYLES:
        raise errors.bad_request(errors.BUTTON_STYLE_INVALID)
    return given
