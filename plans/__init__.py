"""What a plan document says: pure, without store, network or clock."""
