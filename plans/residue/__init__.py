"""What no structure explains and nothing explains away: dated lines and cells as proposed entries (나머지 읽기)."""
