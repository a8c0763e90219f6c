"""Kratos: routes on its HTTP server, and services that are registered on it."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Kratos", "github.com/go-kratos/kratos/v2")
