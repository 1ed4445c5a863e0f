"""Forms of documents that a person has explained once (문서 서식): the answers that later documents of the form begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit
from store.models import DocumentForm

TIME = "time"  # among the answers: the header of the column in which times stand
ONE_TASK = "one_task"  # among the answers: a document of the form stands as one task


def times(session: Session) -> dict[str, str]:
    """Signature -> the header of the time, of every form of which it was said."""
    return {signature: answers[TIME] for signature, answers in known(session).items() if TIME in answers}


def are_one_task(session: Session) -> set[str]:
    """The signatures of the forms whose documents stand as one task."""
    return {signature for signature, answers in known(session).items() if answers.get(ONE_TASK)}


def known(session: Session) -> dict[str, dict[str, Any]]:
    """Signature -> what was answered, of every form."""
    query = select(DocumentForm.signature, DocumentForm.answers)
    return {row.signature: row.answers for row in session.execute(query)}


def listed(session: Session) -> Sequence[DocumentForm]:
    """By number."""
    return session.scalars(select(DocumentForm).order_by(DocumentForm.id)).all()


def remember(act: audit.Act, signature: str, name: str, answers: dict[str, Any]) -> DocumentForm:
    """One more answer about a form, or another one; `name` is the file's. Nothing is written where it is known already."""
    query = select(DocumentForm).where(DocumentForm.signature == signature)
    form = act.session.scalars(query).one_or_none()
    before = dict(form.answers) if form is not None else {}
    after = before | answers
    if form is not None and before == after:
        return form
    if form is None:
        form = DocumentForm(signature=signature, name=name)
        act.session.add(form)
    form.answers, form.decided_by_id, form.decided_at = after, act.who.officer_id, act.now
    act.session.flush()
    act.record("form", f"form:{form.id}", before=before, after=after | {"name": form.name})
    return form


def forget(act: audit.Act, form_id: int) -> DocumentForm | None:
    """The next document of the form is asked about again; None where no form has that number."""
    form = act.session.get(DocumentForm, form_id)
    if form is None:
        return None
    act.record("form", f"form:{form.id}", before=form.answers | {"name": form.name}, after={})
    act.session.delete(form)
    return form
