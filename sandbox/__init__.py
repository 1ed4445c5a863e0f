"""A Telegram that runs on a laptop: the Bot API over HTTP, a page to chat in and a clock that can be moved."""
