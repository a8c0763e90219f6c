"""Iris: routes on applications and parties."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Iris", "github.com/kataras/iris/v12")
