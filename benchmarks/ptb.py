"""The bots that ours are measured beside: python-telegram-bot as its users write it.

burst: the same text to so many chats, all at once, through AIORateLimiter.
done:  a handler for /done that inserts one row durably (SQLite, WAL, synchronous=FULL) and answers.
Run by benchmarks/burst.py and benchmarks/answers.py.
"""

import argparse
import asyncio
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ApplicationBuilder, CommandHandler, ContextTypes

from benchmarks.fill import chat_of
from benchmarks.servers import TOKEN

RETRIES = 10  # AIORateLimiter's own default is none: then whatever meets a 429 is lost
AT_ONCE = 256  # updates; python-telegram-bot's own default is one after the other
TEXT = "<b>#{number}</b> 추진일정 {number} 완료로 등록했습니다.\n완료일 2026. 6. 30.(화)\n10분 안에는 되돌리실 수 있습니다."


def builder(base: str) -> Any:
    return ApplicationBuilder().token(TOKEN).base_url(f"{base}/bot").concurrent_updates(AT_ONCE)


async def burst(base: str, chats: int) -> None:
    limiter = AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=RETRIES)
    app = builder(base).rate_limiter(limiter).build()

    async def send(chat_id: int) -> None:
        with suppress(RetryAfter):
            await app.bot.send_message(chat_id, TEXT.format(number=chat_id), parse_mode="HTML")

    async with app:
        await asyncio.gather(*(send(chat_of(one)) for one in range(1, chats + 1)))


def journal(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS done (chat_id INTEGER, number TEXT, at TEXT)")
    return db


def done(base: str, path: Path, *, paced: bool, at_once: int) -> None:
    db = journal(path)

    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        number = context.args[0] if context.args else ""
        row = update.message.chat_id, number, update.message.date.isoformat()
        db.execute("INSERT INTO done VALUES (?, ?, ?)", row)  # commits, and waits for the disk
        undo = InlineKeyboardMarkup([[InlineKeyboardButton("되돌리기", callback_data=f"undo:{number}")]])
        await update.message.reply_text(TEXT.format(number=number), parse_mode="HTML", reply_markup=undo)

    made = builder(base).concurrent_updates(at_once)
    if paced:
        made = made.rate_limiter(AIORateLimiter(overall_max_rate=30, max_retries=RETRIES))
    app = made.build()
    app.add_handler(CommandHandler("done", handler))
    app.run_polling()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["burst", "done"])
    parser.add_argument("--base", required=True)
    parser.add_argument("--chats", type=int, default=0)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--paced", action="store_true")
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    chosen = parser.parse_args()
    if chosen.what == "burst":
        asyncio.run(burst(chosen.base, chosen.chats))
    else:
        done(chosen.base, chosen.db, paced=chosen.paced, at_once=chosen.at_once)


if __name__ == "__main__":
    main()
