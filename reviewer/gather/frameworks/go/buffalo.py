"""Buffalo: routes and resources on an application."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Buffalo", "github.com/gobuffalo/buffalo")
