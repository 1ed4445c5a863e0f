"""What was registered wrongly is put right: /drop, /merge, /split, /edit, /rename."""
