"""No call, however wrong, is answered with an error of the server's own."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.methods import METHODS

NAMES = (
    "chat_id", "text", "message_id", "reply_markup", "entities", "parse_mode", "reply_parameters", "scope", "commands",
    "callback_query_id", "document", "photo", "file_id", "action", "user_id", "caption", "offset", "limit", "url",
)  # fmt: skip
KEYBOARD = {"inline_keyboard": [[{"text": "가", "callback_data": 5}], [], 7]}
VALUES = st.one_of(
    st.sampled_from(
        [700_000_001, "", "<b>", "\ud800", "[" * 5000, 1e308, -1, True, KEYBOARD, [{}], [{"type": 1}]]
    ),
    st.text(max_size=20),
    st.integers(),
    st.dictionaries(st.sampled_from(["type", "message_id", "chat_id"]), st.integers() | st.text(max_size=5)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.sampled_from(sorted(METHODS)), st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_every_call_gets_an_answer_in_telegrams_form(
    server: Any, control: Any, method: str, params: Any
) -> None:
    if not control.get("state")["persons"]:
        control.person("김하늘")
    headers = {"content-type": "application/json"}
    answer = control.client.post(f"/bot{server.token}/{method}", content=json.dumps(params), headers=headers)
    assert answer.status_code in (200, 400, 403, 409)
    assert answer.json()["ok"] == (answer.status_code == 200)
