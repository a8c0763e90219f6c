"""Tests written in PHP."""
