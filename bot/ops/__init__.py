"""What keeps it running: health, alarms, metrics, the log, the start and the end."""
