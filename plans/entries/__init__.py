"""One stretch of lines -> its entries: what is to be done and when (일정)."""
