"""The database itself: engines, types, schema, and why it cannot be used."""
