"""Times as people type them into a chat: days, lengths, spans, Korean and English; documents are read by the other modules."""
