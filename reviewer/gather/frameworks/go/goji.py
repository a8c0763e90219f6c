"""Goji: routes on muxes."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("Goji", "goji.io", "github.com/zenazn/goji")
