"""chi: routes on routers, nested by functions and mounts."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("chi", "github.com/go-chi/chi/v5", "github.com/go-chi/chi")
