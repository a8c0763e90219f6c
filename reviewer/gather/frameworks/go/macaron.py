"""Macaron: routes in groups that share their router."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Macaron", "gopkg.in/macaron.v1")
