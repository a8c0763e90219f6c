"""Hosting and operations: containers, CI, deployment."""
