"""What draws pictures and printed sheets; nothing of it is loaded by the bot's own process (`apart.drawn`)."""
