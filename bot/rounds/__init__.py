"""The quarterly self-check (분기 자체점검): entries, questions, overview, results."""
