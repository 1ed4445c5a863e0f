"""docs/privacy.md as `gihan privacy` prints it: made from the table in bot.privacy and the words below, nothing else."""

from __future__ import annotations

from itertools import pairwise

from bot.privacy import CARRIED, KINDS, Level, Part

LEVEL_WORDS = {
    Level.MINIMAL: "minimal (최소)",
    Level.STANDARD: "standard (기본)",
    Level.FULL: "full (전부)",
}
_HIGHER = (Level.STANDARD, Level.FULL)
INTRODUCTION = """# 개인정보: 메시지에 무엇이 나가는가

이 문서는 `gihan privacy` 가 `bot/privacy.py` 의 표로 만든 것입니다. 손으로 고치지 마십시오.
"""
LEVELS = """## 수준

`config.toml` 의 `[privacy] level` 로 정하며, 기본은 `standard` 입니다. 바꾸면 다시 시작한 뒤의 메시지부터 적용되고, 이미 보낸 메시지는 바뀌지 않습니다.

- **minimal**: 메시지에는 번호, 공개 제목, 날짜, 상태, 목록에서 고른 사유, 문서번호, 버튼만 나갑니다. 이름이 들어갈 자리에는 “직원”과 직원의 고유 번호가, 글이 들어갈 자리에는 “(생략)”이 나갑니다.
  글로 적은 사유·메모·실적은 저장하지 않으며(꼭 필요한 자리에는 “(메신저에 적지 않음)”으로 남김), 파일과 사진은 받지도 보내지도 않습니다. 받은 말은 처리한 즉시 저장소에서 지웁니다.
  사유는 버튼의 목록에서, 증빙은 문서번호로 등록합니다. 사람의 이름을 입력하는 명령(/assign, /handover, /away)은 그대로 쓸 수 있으나 답에는 이름이 나오지 않습니다.
- **standard**: 업무에 필요한 이름과 글이 나갑니다. 이력 전체를 담은 파일과 전자우편 주소는 나가지 않습니다.
- **full**: 등록된 그대로 나갑니다.
"""
ALWAYS = """## 어느 수준에서나

- **전화번호와 주민등록번호**는 문서나 글에 적혀 있어도 나가지 않습니다. 메시지 글, 버튼, 파일, 그림이 나가기 직전에 모두 이 검사를 지나며, “(전화번호 생략)”처럼 바뀝니다. 날짜, 금액, 문서번호는 그대로 둡니다.
- **비공개 과제**는 “#218 비공개 과제”로만 나갑니다. 제목, 일정 이름, 원문 표현, 사유, 메모, 실적이 안내, 목록, 결재 요청, 현황, 그림, 대화방으로 보내는 보고서와 이력 어디에도 나가지 않습니다. 기획실이
  `/secret 번호` 로 정하고 `/secret 번호 해제` 로 풀며(서버에서는 `gihan secret 번호`, `--lift`), 이력에 남습니다. 담당자와 기획실은 번호로 일합니다. 비공개로 정하기 전에 나간 메시지 가운데 새로 고칠 수 있는 것은 각자의 가장 새 일일 안내뿐입니다.
- **단체방**에는 건수만 나갑니다. **예비 연락 수단**에는 건수와 번호, 받는 분의 이름만 나갑니다(minimal에서는 이름도 나가지 않습니다).
- 서버의 화면(`gihan list`, `gihan report` 등)은 메신저가 아니므로 수준을 따르지 않습니다.
"""
RIGHTS = """## 본인의 열람과 삭제

개인정보 보호법은 정보주체가 자기 정보를 열람하고(제35조) 삭제를 요구할 수 있게 하되(제36조), 다른 법령이 수집 대상으로 정한 정보는 삭제를 요구할 수 없게 합니다. 누가 언제 무엇을 결정하였는지의 기록은 공공기록물 관리에 관한 법률의
기록물일 수 있어 봇이 마음대로 없애지 않습니다. 아래는 프로그램이 하는 일이며, 어느 기록을 얼마 동안 두어야 하는지는 기관의 개인정보 보호책임자와 기록관이 정합니다.

- `gihan person export 이름|번호 -o 파일.json`: 그 사람에 대하여 저장된 모두(등록·대화방, 역할과 담당, 부재, 인계, 보낸 메시지와 시각, 받은 말, 쓰고 결정한 것, 이력)를 파일 하나에 담습니다. 파일은 만든 사람만 읽을 수 있게 만듭니다.
- `gihan person forget 이름|번호`: 먼저 무엇을 지우는지 보여 주고, `--yes` 를 붙이면 지웁니다. 진행 중인 과제의 담당자이거나 예정된 인계에 들어 있으면 거절하며, 먼저 인계하여야 합니다(`/handover`). 되돌릴 수 없습니다.

지우는 것:

| 무엇 | 어떻게 |
| --- | --- |
| 이름, 직급 | 모든 표에서 “퇴직자 12”(12는 고유 번호)로 바꿉니다. 직급은 지웁니다. |
| 텔레그램 대화방 번호, 사용자 번호, 표시 이름 | 지우거나 0으로 바꿉니다. 연결은 끝납니다. |
| 예비 연락 수단의 주소, 등록 코드, 부재 기간 | 지웁니다. |
| 부서, 역할, 끝난 계획의 담당 | 부서는 지우고, 역할과 담당은 그날로 끝냅니다. |
| 받은 말(대기 중인 것 포함), 진행 중이던 대화 | 지웁니다. |
| 보낸 메시지의 글과 버튼 | 지웁니다. 보낸 시각, 종류, 상태는 남깁니다. |
| 다른 분께 보낸 메시지, 다른 분이 적은 글 속의 이름 | “퇴직자 12”로 바꿉니다. 같은 이름의 다른 직원이 있거나 두 글자 이름이어서 누구인지 가릴 수 없는 곳은 그대로 두고, 사람이 확인하도록 어디인지 알려 줍니다. |

남는 것과 까닭:

| 무엇 | 까닭 |
| --- | --- |
| 일정의 상태, 날짜, 횟수, 비율 | 사람의 정보가 아니라 과제의 기록입니다. |
| 연기 신청·결정, 담당 기간, 점검 입력의 행 | 누가 하였는지는 “퇴직자 12”로만 이어집니다. 적은 사유와 실적은 과제의 기록으로 남고, 그 속의 이름은 바뀝니다. |
| 확정한 분기의 점검결과와 정정 | 확정 뒤에는 고치지 않는 기록입니다. 정정한 사람의 이름은 그대로 남습니다. |
| 이력(audit) | 고치거나 지울 수 없게 만든 기록이어서 행위자의 이름이 그때의 글대로 남습니다. 감사와 분쟁에서 누가 결정하였는지를 밝히는 근거이며, 보존기간이 지난 뒤의 폐기는 기관의 기록물 절차를 따릅니다. |
| 계획·과제·일정의 제목과 원문 표현 | 기관이 만든 문서의 글입니다. 같은 이름이 들어 있어도 바꾸지 않습니다. 담당자로 적힌 옛 문서를 다시 등록하면 이름이 새로 들어오니 문서를 먼저 고치십시오. |
| 백업 파일 | 프로그램이 고치지 않습니다. 보관 기간이 지나면 지우시고, 오래된 백업을 되돌렸다면 다시 지우십시오. |
| 텔레그램에 이미 나간 메시지 | 봇이 지울 수 없습니다. 본인이 대화방을 지우면 됩니다. |

두 일 모두 이력에 남습니다(누가 아니라 어느 번호의 자료를 담거나 지웠는지).
"""


def markdown() -> str:
    """The whole document."""
    return "\n".join([INTRODUCTION, LEVELS, "## 메시지의 종류와 수준", "", *_table(), "", ALWAYS, RIGHTS])


def _table() -> list[str]:
    """What the lowest level carries of each kind, and what each higher one adds."""
    head = ["메시지", LEVEL_WORDS[Level.MINIMAL], *(f"{LEVEL_WORDS[one]}: 더하여" for one in _HIGHER)]
    rows = [[kind.value, *_row(parts)] for kind, parts in KINDS.items()]
    lines = [head, ["---"] * len(head), *rows, ["대화방에서 받는 글·파일·사진", "받지 않음", "받음", "–"]]
    return [f"| {' | '.join(line)} |" for line in lines]


def _row(parts: frozenset[Part]) -> list[str]:
    carried = [parts & CARRIED[level] for level in Level]
    return [_parts(carried[0]), *(_parts(higher - lower) or "–" for lower, higher in pairwise(carried))]


def _parts(found: frozenset[Part]) -> str:
    return ", ".join(one.value for one in Part if one in found)
