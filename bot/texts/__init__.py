"""One template per message and language; render.py is the only place that makes message text."""
