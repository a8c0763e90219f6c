"""Gin: routes on engines and groups."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Gin", "github.com/gin-gonic/gin")
