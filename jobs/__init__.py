"""What happens by itself: scanning, delivering, one tick at a time."""
