"""Martini: routes on the classic application."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Martini", "github.com/go-martini/martini")
