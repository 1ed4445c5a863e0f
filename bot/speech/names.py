"""What the chat's commands are called: with a slash, and by a word at the front of a text (명령 이름)."""

from __future__ import annotations

from typing import Final

from plans.time.vocabulary import words_of

KOREAN: Final[dict[str, tuple[str, ...]]] = {
    "my": ("내일정", "내 일정"), "done": ("완료",), "delay": ("연기",), "evidence": ("증빙",), "adjust": ("조정",), "progress": ("진행",),
    "note": ("메모",), "wait": ("대기",), "seen": ("확인함",), "resume": ("재개",), "undo": ("되돌리기",), "task": ("과제",), "find": ("찾기",),
    "away": ("부재", "대직"), "approve": ("승인",), "reject": ("반려",), "hold": ("보류",), "nudge": ("확인요청",), "share": ("부서안내",),
    "status": ("현황",), "overdue": ("경과", "지연"), "upcoming": ("예정",), "check": ("자체점검",), "round": ("점검회차",),
    "report": ("보고서", "점검결과"), "correct": ("정정",), "watch": ("집중관리",), "secret": ("비공개",), "adjustments": ("공약조정",),
    "audit": ("이력",), "assign": ("담당지정", "담당자지정"), "handover": ("인계", "인수인계", "인사이동"), "unreachable": ("미수신",),
    "add": ("추가",), "past": ("지난일정",), "review": ("검토",), "plans": ("계획",), "bind": (), "unbind": (), "help": ("도움말",),
    "start": (), "lang": ("언어",), "stop": ("알림중지",)
}  # fmt: skip
"""Command -> its Korean words, in the order of /help."""
INTENTS: Final = {"ask": "request"}  # commands whose intent is called otherwise
BY_KOREAN: Final = {word: name for name, words in KOREAN.items() for word in words}
VERBS: Final = {
    "완료": "done", "연기": "delay", "연장": "delay", "진행": "progress", "메모": "note", "done": "done", "finished": "done", "complete": "done", "completed": "done",
    "delay": "delay", "postpone": "delay", "extend": "delay", "progress": "progress", "note": "note", "memo": "note"
}  # fmt: skip
"""The verbs of command forms, which stand anywhere among the numbers: 완료 112, 112 완료."""
TOLD: Final = words_of("했습니다 하였습니다 했어요 했음 하였음 함 됨 됐습니다 되었습니다 됐어요 되었음")
"""How the verb of completion is told: 완료했습니다 is the verb as well, where nothing but numbers and a day stands beside it."""
