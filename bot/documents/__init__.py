"""Plan documents in chat: sent, looked at, settled, registered; differences of newer ones."""
