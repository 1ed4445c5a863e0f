"""What a scan would send, without sending."""
