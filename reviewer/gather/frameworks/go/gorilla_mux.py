"""gorilla/mux: routes whose methods and paths are given by calls on them."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("gorilla/mux", "github.com/gorilla/mux")
