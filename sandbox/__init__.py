"""A Telegram that runs on a laptop, with a page to chat in."""
