"""bunrouter: routes on routers and groups."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("bunrouter", "github.com/uptrace/bunrouter")
