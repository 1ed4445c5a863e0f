"""The control API: safety, state, log of calls; and the page."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from telegram.error import Forbidden

import sandbox
from sandbox import texts
from sandbox.server import DEFAULT_TOKEN
from sandbox.town import TownError
from tests.sandbox.conftest import connected

PAGE = Path(sandbox.__file__).parent / "page"


@pytest.mark.parametrize("path", ["/", "/sandbox/state", "/sandbox/calls"])
def test_a_name_that_was_rebound_to_this_machine_is_refused(control: Any, path: str) -> None:
    assert control.client.get(path, headers={"host": "evil.example:80"}).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_other_pages_cannot_post(control: Any, headers: dict[str, str]) -> None:
    answer = control.client.post("/sandbox/persons", json={"name": "가"}, headers=headers)
    assert answer.status_code == 403
    assert control.get("state")["persons"] == []


FOREIGN: list[dict[str, str]] = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
]


@pytest.mark.open_door("C5")
@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_other_pages_cannot_speak_as_the_bot(
    control: Any, server: Any, verb: str, headers: dict[str, str]
) -> None:
    person = control.person("가")
    path, form = f"/bot{server.token}/sendMessage", {"chat_id": person, "text": "hello"}
    answer = control.client.request(verb, path, params=form, headers=headers)
    answers = [answer, control.client.post(path, data=form, headers=headers)]
    answers.append(
        control.client.get(f"/bot{server.token}/setWebhook?url=http://127.0.0.1:9", headers=headers)
    )
    assert [one.status_code for one in answers] == [403, 403, 403]
    assert [one for one in control.messages(person) if one["from"]["is_bot"]] == []


@pytest.mark.open_door("C5")
@pytest.mark.parametrize("path", ["/sandbox/state", "/sandbox/calls", "/sandbox/files/x", "/file/bot5:x/y"])
def test_other_pages_cannot_look(control: Any, path: str) -> None:
    assert control.client.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_page_may_be_reached_by_a_link(control: Any) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert control.client.get("/", headers=headers).status_code == 200


def test_a_bot_sends_no_such_header_and_is_heard(control: Any, server: Any) -> None:
    assert control.client.get(f"/bot{server.token}/getMe").status_code == 200


def test_the_own_page_can_post(control: Any, server: Any) -> None:
    headers = {"origin": server.url, "sec-fetch-site": "same-origin"}
    assert control.client.post("/sandbox/persons", json={"name": "가"}, headers=headers).status_code == 200


def test_a_plain_form_cannot_post(control: Any) -> None:
    assert control.client.post("/sandbox/persons", data={"name": "가"}).status_code == 415


def test_state_brings_only_chats_that_changed(control: Any) -> None:
    first, second = control.person("김하늘"), control.person("박정우")
    version = control.get("state")["version"]
    control.post("send", person=second, text="안녕")
    changed = control.get("state", since=version, timeout=30)
    assert [chat["id"] for chat in changed["chats"]] == [second]
    assert [chat["id"] for chat in control.get("state")["chats"]] == [first, second]


def test_a_person_can_be_named_by_name_or_id_if_only_one_fits(control: Any) -> None:
    first = control.person("김하늘", username="haneul")
    for who in (first, "김하늘", "haneul", "@haneul"):
        control.post("send", person=who, text="안녕")
    control.person("김하늘")
    control.post("send", status=404, person="김하늘", text="안녕")


def test_calls_are_logged_with_what_was_asked_and_answered(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    bot("send_message", chat_id=chat, text="가")
    control.client.post("/sandbox/faults", json={"method": "sendMessage", "kind": "error", "code": 500})
    (call,) = control.get("calls", method="sendmessage")["calls"]
    assert (call["method"], call["params"]["text"], call["status"], call["answered"]) == (
        "sendMessage",
        "가",
        200,
        True,
    )
    assert call["result"]["message_id"] == 2


def test_wrong_requests_say_what_is_wrong(control: Any) -> None:
    person = control.person("김하늘")
    control.post("persons", status=400)
    control.post("send", status=404, person=5, text="가")
    control.post("send", status=400, person=person, text=" ")
    control.post("send", status=404, person=person, chat=-5, text="가")
    control.post("groups", status=400, title="과")
    control.post("documents", status=400, person=person, name="a", content_base64="%")
    control.post("faults", status=400, method="getMe", kind="love")
    assert (
        control.client.post(
            "/sandbox/send", content="[", headers={"content-type": "application/json"}
        ).status_code
        == 400
    )


def test_the_page_comes_with_a_strict_policy(control: Any) -> None:
    page = control.client.get("/")
    assert "기한" in page.text
    assert "default-src 'none'; script-src 'self'" in page.headers["content-security-policy"]
    for path in set(re.findall(r'(?:src|href)="(/[^"]+)"', page.text)):
        assert control.client.get(path).status_code == 200


def test_every_module_of_the_page_is_served(control: Any) -> None:
    for file in PAGE.glob("*.js"):
        for path in re.findall(r'^import .* from "([^"]+)"', file.read_text(encoding="utf-8"), re.MULTILINE):
            for language in texts.LANGUAGES:
                found = control.client.get(urljoin(f"/{language}/page/", path))
                assert found.status_code == 200, (file.name, language, path)


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    said = (one for language in texts.LANGUAGES for one in (texts.ROOM / language).iterdir() if one.is_file())
    for file in (*PAGE.iterdir(), *said):
        addresses = re.findall(r"https?://[\w.-]+", file.read_text(encoding="utf-8"))
        assert set(addresses) <= {"http://www.w3.org"}, file.name


def test_no_link_leads_out_of_the_page() -> None:
    """An address that somebody has sent is told, never opened: only this server's own files are."""
    for file in (*PAGE.glob("*.js"), *texts.ROOM.glob("*/*.html")):
        source = file.read_text(encoding="utf-8")
        assert not re.search(r'target=|target:|window\.open|el\("a", (?!{ class: "file")', source), file.name


def test_the_page_is_there_in_both_languages_and_says_with_every_request_in_which(control: Any) -> None:
    for language, said in (("ko", "그런 사람이 없거나"), ("en", "There is no such person")):
        page = control.client.get(f"/{language}")
        assert f'<html lang="{language}">' in page.text
        headers = {"accept-language": language}
        answer = control.client.post("/sandbox/send", json={"person": 1, "text": "x"}, headers=headers)
        assert said in answer.json()["error"]
    assert '<html lang="ko">' in control.client.get("/").text
    assert control.client.get("/fr").status_code == 404


def test_the_language_is_that_of_every_account_and_of_whoever_joins(control: Any) -> None:
    first = control.person("가")
    assert control.post("language", language="en") == {"language": "en"}
    joined = control.person("나")
    assert '<html lang="en">' in control.client.get("/").text
    taken = control.client.post(f"/bot{DEFAULT_TOKEN}/getUpdates").json()["result"]
    spoken = {one["message"]["from"]["id"]: one["message"]["from"]["language_code"] for one in taken}
    assert spoken == {first: "ko", joined: "en"}
    assert "ko or en" in control.post("language", status=400, language="fr")["error"]


def test_a_person_who_is_removed_is_on_the_page_no_more_and_to_the_bot_a_deleted_account(
    control: Any, bot: Any
) -> None:
    stays, goes = control.person("가"), control.person("나")
    group = control.post("groups", title="우리", members=[goes, stays])["id"]
    control.post("remove", chat=goes)
    state = control.get("state")
    assert [one["name"] for one in state["persons"]] == ["가"]
    assert state["there"] == [stays, group]
    assert next(one for one in state["chats"] if one["id"] == group)["members"] == [stays]
    with pytest.raises(Forbidden, match="deactivated"):
        bot("send_message", chat_id=goes, text="x")
    assert control.person("나") != goes
    control.post("remove", chat=goes, status=404)


def test_a_group_that_is_removed_has_thrown_the_bot_out(control: Any, bot: Any) -> None:
    group = control.post("groups", title="우리", members=[control.person("가")])["id"]
    control.post("remove", chat=group)
    assert group not in control.get("state")["there"]
    with pytest.raises(Forbidden, match="kicked"):
        bot("send_message", chat_id=group, text="x")


class Town:
    """Remembers what the page asked of it."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def speak(self, language: str) -> None:
        self.asked.append(language)

    def offer(self, language: str) -> dict[str, Any]:
        return {"roles": [{"code": "officer", "word": language}], "departments": [], "people": []}

    def invite(self, name: str, department: str, role: str) -> str:
        if role != "officer":
            raise TownError("no such role")
        self.asked.append((name, department, role))
        return "code-1"

    def begin_anew(self, language: str) -> None:
        self.asked.append(f"anew {language}")


def test_a_town_speaks_invites_and_begins_anew(start: Any) -> None:
    town = Town()
    with connected(start(town=town, language="en")) as control:
        assert control.get("state")["town"]
        assert control.get("town")["roles"] == [{"code": "officer", "word": "en"}]
        added = control.post("persons", name="Kim", department="Roads", role="officer")
        assert added["start_code"] == "code-1"
        assert control.post("persons", status=400, name="Kim", role="king") == {"error": "no such role"}
        control.post("language", language="ko")
        control.post("town", language="ko")
    assert town.asked == [("Kim", "Roads", "officer"), "ko", "anew ko"]


def test_without_a_town_there_is_none_to_ask(control: Any) -> None:
    assert not control.get("state")["town"]
    for answer in (
        control.client.get("/sandbox/town"),
        control.client.post("/sandbox/persons", json={"name": "가", "role": "officer"}),
        control.client.post("/sandbox/town", json={"language": "ko"}),
    ):
        assert answer.status_code == 404
        assert "gihan sandbox" in answer.json()["error"]


def test_the_page_never_sets_markup_from_text() -> None:
    for file in PAGE.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", file.read_text(encoding="utf-8")
        )


@pytest.mark.parametrize(
    "given",
    ["abc-DEF_1", "https://t.me/gihan_sandbox_bot?start=abc-DEF_1", "t.me/bot?x=1&start=abc-DEF_1 (72시간)"],
)
def test_a_person_is_given_the_code_of_an_invite_or_its_link(control: Any, given: str) -> None:
    control.post("persons", name="가", start_code=given)
    assert control.get("state")["persons"][0]["start_code"] == "abc-DEF_1"


def test_the_page_says_where_a_link_comes_from_and_what_the_label_is(control: Any) -> None:
    page = control.client.get("/").text
    assert "/invite" in page and "gihan invite" not in page and "화면에만 쓰는 이름표" in page
