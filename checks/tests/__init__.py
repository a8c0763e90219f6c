"""Automated tests: present, asserting, crossing boundaries, run by CI."""
