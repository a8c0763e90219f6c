"""net/http: patterns on the default and on own muxes."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("net/http")
