"""When and whether: pure rules over dates and settings."""
