"""A small bot that keeps the sandbox's clock protocol: `python fake_bot.py URL TOKEN CLOCK_FILE`, until killed.

It answers every message with the business time it was handled at, and sends one reminder a day at 09:10.
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update

LOOK_S = 0.02


@dataclass
class FakeBot:
    """What the bot remembers."""

    bot: Bot
    clock_file: Path
    offset: int = 0
    chats: list[int] = field(default_factory=list)
    next_at: datetime | None = None
    acked_seq: int = 0

    async def run(self) -> None:
        """Take updates and follow the clock."""
        await self.bot.set_my_commands([BotCommand("my", "내 일정"), BotCommand("done", "완료 보고")])
        while True:
            seq, now = self.read_clock()
            updates = await self.bot.get_updates(offset=self.offset, timeout=0)
            for update in updates:
                self.offset = update.update_id + 1
                await self.handle(update, now)
            if not updates:
                await self.tick(seq, now)
            await asyncio.sleep(LOOK_S)

    def read_clock(self) -> tuple[int, datetime]:
        """Step and business time."""
        found = json.loads(self.clock_file.read_text(encoding="utf-8"))
        return found["seq"], datetime.fromisoformat(found["now"])

    async def handle(self, update: Update, now: datetime) -> None:
        """Answer one update."""
        if update.callback_query:
            await update.callback_query.answer("완료로 적었습니다")
            await update.callback_query.edit_message_text(f"✅ 완료 처리했습니다 ({now:%m-%d %H:%M})")
        elif update.message:
            await self.answer(update.message.chat_id, update.message.text or "", now)

    async def answer(self, chat_id: int, text: str, now: datetime) -> None:
        """Answer a text, remembering who wrote."""
        if chat_id not in self.chats:
            self.chats.append(chat_id)
            self.next_at = self.next_at or now.replace(hour=9, minute=10) + timedelta(days=now.hour >= 9)
        await self.bot.send_message(chat_id, f"{now.isoformat()} {text}".strip())

    async def tick(self, seq: int, now: datetime) -> None:
        """Send what is due, then confirm the step."""
        if self.next_at and now >= self.next_at:
            for chat_id in self.chats:
                await self.remind(chat_id, now)
            self.next_at += timedelta(days=1)
        if seq == self.acked_seq:
            return
        self.acked_seq = seq
        ack = self.clock_file.with_name(f"{self.clock_file.name}.ack")
        temporary = ack.with_suffix(".part")
        next_at = self.next_at.isoformat() if self.next_at else None
        temporary.write_text(json.dumps({"seq": seq, "next_at": next_at}), encoding="utf-8")
        temporary.replace(ack)

    async def remind(self, chat_id: int, now: datetime) -> None:
        """One reminder with buttons."""
        keys = [[InlineKeyboardButton(name, callback_data=f"v1|{name}|112") for name in ("완료", "연기")]]
        text = (
            f"<b>오늘 챙길 일</b> {now:%m. %d.}\n\n<b>#112</b> 어린이 보호구역 정비 <i>설계 용역 착수</i>\n"
            "기한 <u>7. 3.(금)</u> · D-4\n<blockquote>지난 보고: 사전 협의 완료</blockquote>\n답하기: /done 112"
        )
        await self.bot.send_message(chat_id, text, parse_mode="HTML", reply_markup=InlineKeyboardMarkup(keys))


async def main(url: str, token: str, clock_file: str) -> None:
    """Run against a sandbox."""
    async with Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        await FakeBot(bot, Path(clock_file)).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
