"""The log in chat (이력): found by what people type, shown in pages, given out as a file."""
