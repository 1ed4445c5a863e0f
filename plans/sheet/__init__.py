"""Spreadsheets of our own form: a plan to correct, plain lists, a hand-over (계획표·명단)."""
