"""Goals of a plan become indicators when it is registered; read again, nothing is doubled and nothing asked."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.indicators.listing import kpi_rows
from jobs.plans.register import Registrar
from plans.read import plan_of
from store import indicators
from store.audit import Who
from store.db.engine import Store
from store.models import AuditEntry
from tests.builders import RULES, kst

PLAN = """2031년 가온군 혁신 실행계획

1-1 마을 쉼터 가꾸기

주관부서\t마을과\t관련 협업기관\t-
담당자\t김하늘 주무관\t연락처\t061-000-1000
소요예산\t비예산

□ 성과목표

시행 전\t시행 후
○ 2030년 쉼터 이용 주민 180명\t○ 쉼터 이용 주민 240명 이상
○ 조용하다\t○ 북적인다

최종목표\t연차별 달성 목표\t
모든 마을에 쉼터\t2031년\t네 곳
\t2032년\t여덟 곳

□ 추진일정

- 쉼터 준공 : 2031. 9.
"""


def test_goals_are_kept_once_and_nobody_is_asked(store: Store) -> None:
    for _ in range(2):
        with store.write() as session:
            deed = Deed(session, Who(None, "운영자", "test", "test"), kst(2031, 1, 5, 9), RULES)
            Registrar(deed, plan_of(PLAN), "plan.txt").run()
    with store.read() as session:
        found = kpi_rows(session, indicators.listed(session), date(2031, 2, 1), Fraction(7, 10))
        log = session.scalars(select(AuditEntry).where(AuditEntry.action == "indicators-imported")).all()
        assert [one.after for one in log] == [{"indicators": 3}]
    assert [(one.name, one.kind, one.unit, one.asked) for one in found] == [
        ("쉼터 이용 주민", "count", "명", False),
        ("북적인다", "text", None, False),
        ("마을 쉼터 가꾸기", "text", None, False),
    ]
    counted, words, yearly = found
    assert counted.baseline is not None
    assert counted.baseline.number == "180"
    assert [(one.year, one.number, one.bound) for one in counted.targets] == [(2031, "240", "least")]
    assert words.baseline is not None
    assert words.baseline.words == "조용하다"
    assert [(one.year, one.words) for one in yearly.targets] == [(2031, "네 곳"), (None, "모든 마을에 쉼터")]
