"""Flamego: routes in groups that share their router."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Flamego", "github.com/flamego/flamego")
