"""One test framework per file: cases, assertions, requests."""
