"""Words in the header of a list of items by which its columns are understood (지시·건의 목록의 머리글)."""

from __future__ import annotations

from typing import Final

# Each field with the names of its column, closed up and in small letters; where two columns have one, the earlier name wins.
HEADS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(said.split())
    for name, said in {
        "no": "관리번호 지시건의번호 itemno",
        "kind": "종류 유형 구분 kind type category",
        "title": "건의사항 건의내용 지시사항 지시내용 요구사항 요구내용 요구자료 질문내용 질문요지 제안내용 제안명 "
        "제목 내용 요지 사항 item title subject request content",
        "requester": "건의자 요구자 지시자 제안자 질문자 요구의원 의원 의원명 신청인 민원인 성명 "
        "requester raisedby councillor member proposer",
        "source": "출처 회의명 행사명 회의 행사 방문지 현장 장소 회기 source meeting event place session",
        "source_on": "접수일 접수일자 지시일 지시일자 건의일 건의일자 요구일 요구일자 제안일 질문일 회의일 방문일 방문일자 "
        "일자 날짜 date raisedon received",
        "department": "주관부서 담당부서 소관부서 처리부서 부서 부서명 소관 department leaddepartment lead",
        "cooperating": "협조부서 협조 관련부서 cooperating cooperatingdepartments with",
        "officer": "담당자 담당 처리담당자 officer",
        "due": "기한 처리기한 제출기한 답변기한 조치기한 완료예정일 due deadline dueby",
        "reply": "답변 답변내용 처리결과내용 처리내용 조치결과 조치내용 추진상황 회신 검토의견 reply answer actiontaken 처리결과",
        "replied_on": "답변일 답변일자 처리일 처리일자 조치일 회신일 repliedon dateofreply",
        "outcome": "반영여부 반영 처리결과 결과 처리구분 outcome result",
    }.items()
}
RAISED: Final = frozenset(
    {
        *("건의자", "요구자", "지시자", "제안자", "질문자", "요구의원", "의원명", "민원인"),
        *("requester", "raisedby", "councillor", "proposer"),
    }
)
"""Who raised it: a column that tells a list of items from every other sheet with departments."""
SEPARATORS: Final = ("\n", ",", "·", "/", ";", "、")  # between the names of several departments
EXAMPLE: Final = ("(예)", "（예）", "(example)")  # a row that shows how it is filled in
UNDER_WAY: Final = frozenset(
    ["추진중", "진행중", "처리중", "검토중", "underway", "open", "pending"]
)  # no outcome yet
