"""Updates: taken in, kept, handled once and in order; groups, menus and documents on the way."""
