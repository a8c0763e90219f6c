"""Echo: routes on instances and groups."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Echo", "github.com/labstack/echo/v4", "github.com/labstack/echo")
