"""Test frameworks of Go."""
