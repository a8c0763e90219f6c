"""Hertz: routes on servers and groups."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Hertz", "github.com/cloudwego/hertz")
