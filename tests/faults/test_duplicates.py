"""Every update comes twice: each has one effect, one entry in the audit log, one answer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from store import milestones
from store.db.engine import Store
from store.models import AuditEntry
from tests.faults.asked import asker
from tests.smoke.harness import Office

pytestmark = [pytest.mark.smoke, pytest.mark.long]


def acts_on(city: Office, number: int) -> list[str]:
    store = Store(f"sqlite:///{city.folder / 'gihan.db'}")
    query = select(AuditEntry.action).where(AuditEntry.subject == milestones.subject(number))
    with store.read() as session:
        found = list(session.scalars(query))
    store.close()
    return found


@pytest.mark.pitfall(14)
def test_an_update_that_comes_twice_has_one_effect(city: Office) -> None:
    one = asker(city)
    mine = [
        row["id"] for row in city.json("list") if "심청" in str(row["officers"]) and row["state"] == "planned"
    ]
    city.telegram.post("faults", kind="duplicate", times=0)
    one.person.ask(f"/done {mine[0]}")
    one.ask()
    one.wait_for_all()
    assert acts_on(city, mine[0]).count("done") == 1
    done = [
        text for text in one.person.received() if f"#{mine[0]} " in text["text"] and "완료" in text["text"]
    ]
    assert len(done) == 1
