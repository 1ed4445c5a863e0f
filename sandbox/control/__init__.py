"""The JSON interface of the page and of tests: `/sandbox/*`."""
