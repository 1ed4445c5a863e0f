"""The grammar of what officers type: numerals, dates, numbers of milestones, intents, reasons. Pure."""
