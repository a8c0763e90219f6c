"""Fiber: routes on applications and groups."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Fiber", "github.com/gofiber/fiber/v2", "github.com/gofiber/fiber/v3", "github.com/gofiber/fiber")
