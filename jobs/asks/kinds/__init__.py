"""The kinds of requests, a module each: what stands in this folder is there (jobs.asks.kind)."""
