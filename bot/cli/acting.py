"""`gihan done … --as NAME` and the like: what the chat has for the planning office, from the shell, with that person's
rights. The one reader reads it and the same words answer; nobody is asked back, so what is not sure changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from sqlalchemy import select

from bot.chat.turn import Office, Turn, UsageError
from bot.cli.options import Config, new_act, opened, terminal_user
from bot.cli.privacy import person_named
from bot.privacy import guard
from bot.routing.talk import carry_out
from bot.speech.understand import understand
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.authority.permissions import Action, acting
from store import chat_links, teams
from store.db import meta
from store.deliveries import Message
from store.models import AuditEntry, ChatLink, Delivery, Officer
from store.states import DeliveryKind, LinkState

LISTING = frozenset({"approve", "assign"})  # alone they show a list
OF_A_TEAM = frozenset({"assign"})  # with the name of a team alone that team's
Words = Annotated[
    list[str] | None, typer.Argument(metavar="TEXT", help=label("cli.option.words"), show_default=False)
]
As = Annotated[str, typer.Option("--as", metavar="NAME", help=label("cli.option.as"))]


@dataclass
class Terminal(Turn):
    """A turn at the command line: what its speaker is answered is printed; everybody else is told in chat as ever."""

    said: list[Message] = field(default_factory=list)
    is_refused: bool = False

    @property
    def via(self) -> str:
        """The operating system's user."""
        return terminal_user()

    def owe(
        self, kind: DeliveryKind, message: Message | None, *, event: str = "answer", **more: Any
    ) -> Delivery:
        if kind is not DeliveryKind.REPLY:
            return super().owe(kind, message, event=event, **more)
        assert message is not None
        self.is_refused |= event == "refused"
        self.said.append(message)
        return Delivery(payload={})

    @property
    def asked(self) -> None:
        """What is open in the person's chat stays so, and nothing of it is answered here."""

    def forget_asked(self) -> bool:
        return False

    def ensure_asks(self, *about: int) -> None:
        for number in about:
            self.milestone(number, Action.CHANGE)  # which says what stands in the way
        raise UsageError(label("cli.acting.unsure"))


def command(name: str) -> Callable[..., None]:
    """What the shell's command of that name does."""

    def act(person: As, text: Words = None, config: Config = None) -> None:
        _act(name, " ".join(text or []), person, config)

    return act


def _act(name: str, text: str, person: str, config: Config) -> None:
    """Do it, or raise UsageError with what the chat would answer; then nothing has changed."""
    with opened(config) as desk:
        settings, rules, now, today = desk.settings, desk.rules, desk.now, desk.today
        with guard.speaking(settings.privacy.level), desk.store.write() as session:
            officer = person_named(session, person)
            office = Office.of(settings, rules, int(meta.get(session, meta.BOT_ID) or 0))
            link = chat_links.of_officer(session, officer.id) or _no_chat(officer, office)
            turn = Terminal(session, now, today, office, acting(session, link, today), new_act())
            carry_out(turn, understand(f"/{name} {text}".strip(), today, rules.calendar), text)
            said = [guard.clean_message(one) for one in turn.said]
            answer = "\n\n".join(render.unmarked(one.text) for one in said)
            is_list = not text.strip() or (name in OF_A_TEAM and bool(teams.named(session, text)))
            is_listed = name in LISTING and is_list and not turn.is_refused
            acted = session.scalar(select(AuditEntry.id).where(AuditEntry.act == turn.cause).limit(1))
            if acted is None and not is_listed:
                raise UsageError("\n".join([answer, *_choices(said)]))
    echo(answer)


def _choices(said: list[Message]) -> list[str]:
    """What the chat would offer as buttons."""
    return [f"  {one['text']}" for message in said for row in message.keyboard for one in row]


def _no_chat(officer: Officer, office: Office) -> ChatLink:
    """The link of somebody who is in no chat; it is kept nowhere."""
    return ChatLink(
        officer_id=officer.id,
        officer=officer,
        bot_id=office.bot_id,
        chat_id=0,
        user_id=0,
        state=LinkState.ACTIVE,
    )
