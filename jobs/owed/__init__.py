"""What is owed to whom on a day: the scan, and the lines of the daily message."""
