"""Logs: one line per state change, `action=` and ids, never names, texts or secrets. The format stands here."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import jobs.addresses
import store.db.engine

# A bot token: the bot's number, a colon, 35 or so letters. Source: Bot API, "Authorizing your bot".
TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
BLOT = "***"
# An address of anything but the web may hold a password (of mail, a gateway, a database).
ADDRESS = re.compile(
    r"\b(?!https?://|sqlite)[a-z][a-z0-9+.-]{0,40}://[^\s'\"<>]+|(?<=://)[^\s/@'\"<>]+@", re.IGNORECASE
)
EXAMPLES = (jobs.addresses.EXAMPLE, store.db.engine.EXAMPLE)  # errors show how it is written
QUIET = ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn", "alembic")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
ROOT = Path(__file__).parents[2]
OURS = ("bot", "jobs", "plans", "reports", "store", "sandbox")
ROOMS = tuple(f"{ROOT / room}/" for room in OURS[:-1])
MOST_PLACES = 6  # of our own code, on the way to an error

# Every action that is logged, and what it tells the operator; docs/operation.md prints the same list.
ACTIONS = {
    "listening": "`/healthz`와 `/metrics`가 열렸습니다. 이제 저장소와 텔레그램에 잇습니다.",
    "started": "실행을 시작하였습니다.",
    "ended": "정상으로 끝났습니다.",
    "waiting": "시작에 필요한 것을 기다립니다. kind와 cause가 까닭이며, 1분에 한 번까지 적습니다.",
    "handled": "받은 말 하나를 처리하였습니다.",
    "not-kept": "받은 소식 하나를 저장소가 받지 않아 내용 없이 남겼습니다. 나머지는 저장하였습니다.",
    "given-up": "받은 말 하나를 처리하던 프로그램이 거듭 멈추어 그만두고 보낸 사람에게 알렸습니다. attempts는 시작한 횟수입니다.",
    "webhook-unread": "웹훅으로 온 것이 JSON이 아니거나 1MB를 넘어 버렸습니다. count는 바이트 수입니다.",
    "handle-failed": "처리하다 오류가 났습니다. 두 번째에도 나면 제쳐 두고 보낸 사람에게 알립니다.",
    "handled-apart": "함께 처리하던 몇 건 가운데 하나가 되지 않아 한 건씩 따로 처리합니다. 잃은 것은 없습니다.",
    "lane-failed": "처리하지 못하였습니다. 저장소에 남아 있어 다시 합니다.",
    "offer-failed": "밀린 말을 저장소에서 읽지 못하였습니다. 다시 합니다.",
    "fetch-failed": "보내온 문서를 내려받지 못하였습니다.",
    "read-failed": "보내온 문서를 읽다가 예상하지 못한 오류가 났습니다(보낸 사람에게 알렸습니다).",
    "hold-over": "보류한 일정이 재검토일이 되어 다시 예정으로 돌아왔습니다.",
    "store-busy": "다른 프로그램이 저장소를 쓰고 있어 기다렸다가 다시 합니다.",
    "poll-failed": "새 소식을 묻지 못하였습니다. 다시 묻습니다.",
    "poll-paused": "텔레그램이 잠시 쉬라고 합니다. 오래 이어지면 같은 토큰을 쓰는 프로그램이 또 있는지 확인하십시오.",
    "poll-conflict": "같은 토큰으로 묻는 프로그램(kind=conflict)이나 남이 건 웹훅(kind=webhook)이 있습니다. 그쪽을 끝내십시오.",
    "poll-refused": "텔레그램이 토큰을 받아들이지 않습니다.",
    "webhook-failed": "웹훅 주소를 등록하지 못하였습니다. 다시 합니다.",
    "webhook-not-kept": "웹훅으로 온 소식을 저장하지 못하여 텔레그램이 다시 보내게 하였습니다.",
    "aside-failed": "단추의 응답이나 명령 목록처럼 없어도 되는 호출이 실패하였습니다.",
    "scan": "알릴 것을 새로 적었습니다.",
    "sent-plain": "텔레그램이 서식을 읽지 못하여 글만 보냈습니다(한 번).",
    "topic-shut": "단체방의 주제가 닫혔거나 없어 단체방 자체로 보냈습니다.",
    "slow-transaction": "한 번의 처리가 5초를 넘어 그동안 다른 답이 기다렸습니다. inbox가 그 메시지입니다.",
    "rule-unknown": "저장된 반복규칙 하나를 읽지 못하였습니다. 그 일정만 새로 생기지 않습니다.",
    "scan-failed": "일정 하나를 살피지 못하였습니다. 나머지는 계속합니다.",
    "marks-failed": "무엇을 하다 끝났는지 적어 둘 파일을 열지 못하였습니다. 그 기록 없이 일합니다.",
    "scan-part-failed": "알림의 한 부분(kind)을 만들지 못하였습니다. 나머지는 계속합니다.",
    "extend-failed": "되풀이되는 일정 하나를 늘리지 못하였습니다. 나머지는 계속하고 내일 다시 합니다.",
    "hand-over-failed": "인계 하나를 시행하지 못하였습니다. 나머지는 계속합니다.",
    "extend-series": "되풀이되는 일정을 90일 앞까지 늘렸습니다.",
    "reschedule": "설정이나 공휴일이 바뀌어 다음 안내일을 다시 계산하였습니다.",
    "clock-set": "이 컴퓨터의 시각이 seconds초만큼 맞추어졌습니다. 때를 다시 살핍니다.",
    "clock-leapt": "이 컴퓨터의 시각이 seconds초나 뛰어 한 시간 동안 믿지 않습니다. 맞는 시각이면 다시 시작하십시오.",
    "reap": "보내던 프로그램이 멈춘 메시지를 ‘확인 안 됨’으로 다룹니다.",
    "sent": "메시지를 보냈습니다.",
    "send-failed": "보내지 못하였습니다. fault가 까닭입니다.",
    "cancel": "보낼 까닭이 없어진 메시지를 취소하였습니다.",
    "render-failed": "메시지의 글을 만들지 못하였습니다.",
    "tick-failed": "한 번의 돌기가 실패하였습니다. 다음번에 처음부터 다시 합니다.",
    "alert": "운영자에게 알릴 일이 생겼습니다. kind가 종류입니다.",
    "window-missed": "근무일 count일의 안내가 제시간에 다 나가지 못하였습니다.",
    "settings-differ": "이끄는 프로그램과 이 프로그램의 설정이 다릅니다. 운영자 대화방과 gihan doctor가 어디인지 말합니다.",
    "not-whole": "맡았으나 저장소를 다 쓰지 못하여 도로 내놓았습니다. 잠시 뒤에 다시 합니다.",
    "webhook-unheard": "웹훅으로 받지 못합니다. kind=webhook은 남이 건 웹훅, address는 우리 주소로 전하지 못함입니다.",
    "days-went-back": "시각이 앞선 날짜로 돌아가 다음 안내일을 다시 계산합니다.",
    "admin-chat-moved": "알림을 받는 대화방이 chat번으로 옮겨져 따라갑니다. operation.admin_chat_id를 고쳐 적어 주십시오.",
    "alert-failed": "운영자 대화방에 알리지 못하였습니다. 다시 합니다.",
    "heartbeat-failed": "살아 있음을 알리는 주소를 부르지 못하였습니다.",
    "watchdog-failed": "지켜보는 쪽에서 오류가 났습니다.",
    "backup": "밤 백업을 만들었습니다.",
    "backup-failed": "밤 백업을 만들지 못하였습니다. 다음 밤에 다시 합니다. gihan backup 으로 까닭을 볼 수 있습니다.",
    "store-failed": "저장소가 받지 않습니다. SQLITE_FULL은 디스크 부족, SQLITE_BUSY는 사용 중입니다. 풀리면 이어서 합니다.",
    "leading": "이 프로그램이 받기와 보내기를 맡았습니다. token은 몇 번째 담당인지입니다.",
    "standing-by": "다른 프로그램이 맡고 있어 대기합니다.",
    "lease-unanswered": "데이터베이스가 제때 답하지 않아 맡고 있는지 알 수 없습니다. 답할 때까지 보내지 않습니다.",
    "ring-failed": "대기하는 프로그램이 맡은 프로그램을 깨우지 못하였습니다. 늦어도 몇 초 안에 스스로 봅니다.",
    "listen-failed": "다른 프로그램의 신호를 듣지 못하여 다시 듣습니다.",
    "take-over": "앞선 프로그램이 받아 두고 마치지 못한 말을 이어받았습니다.",
    "bot-changed": "토큰의 봇이 바뀌었습니다. count명은 새 봇에서 [시작]을 누를 때까지 알림을 받지 못합니다.",
    "menus-failed": "바뀐 역할의 명령 목록을 읽지 못하였습니다. 다시 합니다.",
    "give-back": "맡았으나 보내기 시작하지 않은 메시지를 도로 내놓았습니다.",
    "late-result": "늦게 온 결과를 버렸습니다. 그 메시지는 이미 다른 프로그램이 이어받았습니다.",
    "token-refused": "텔레그램이 토큰을 받아들이지 않아 모두 기다립니다. 올바른 토큰을 넣고 다시 시작하십시오.",
    "flood": "텔레그램이 너무 많이 보낸다고 하여 seconds초 동안 쉽니다.",
    "handed-over": "날이 되어 담당 과제를 후임에게 넘겼습니다.",
}


def redact(text: str) -> str:
    """The text without anything that looks like a bot token or an address with a password, but for our examples."""
    return ADDRESS.sub(_blotted, TOKEN.sub(BLOT, text))


def _blotted(found: re.Match[str]) -> str:
    return found[0] if found[0] in EXAMPLES else BLOT


class RedactingFormatter(logging.Formatter):
    """One line a record. An error is told by its classes and the places of our code it passed, never by its
    words: in them may stand what somebody wrote, a person's name, or the token. Nor by what a library fills in."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in OURS
        line = logging.Formatter.format(self, _without_error(record if ours else _bare(record)))
        if record.exc_info and record.exc_info[1] is not None:
            line += f" {told(record.exc_info[1])}"
        return redact(" ".join(line.split("\n")))


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    """A library's line without what it fills in: messages as they came, addresses, errors in their own words. A text
    that is not filled in here was filled in there: the place of the call stands for it."""
    copy = logging.makeLogRecord(record.__dict__)
    is_template = bool(record.args) and isinstance(record.msg, str)
    copy.msg = record.msg if is_template else f"{record.module}:{record.lineno}"
    copy.args = None
    return copy


def _without_error(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.exc_info = copy.exc_text = copy.stack_info = None
    return copy


def told(error: BaseException) -> str:
    """error=ValueError<KeyError at=bot/intake/dispatch.py:88,bot/completion/done.py:41"""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    places = list(_places(error.__traceback__))[-MOST_PLACES:]
    return f"error={'<'.join(type(each).__name__ for each in chain)} at={','.join(places)}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    """The steps through our own rooms, outermost first."""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(ROOMS):
            yield f"{Path(name).relative_to(ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next


def configure(level: str) -> None:
    """Log to standard error; libraries speak only from WARNING up (httpx would print every address)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
