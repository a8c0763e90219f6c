"""httprouter and routers that are called alike."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework(
    "httprouter",
    "github.com/julienschmidt/httprouter",
    "github.com/dimfeld/httptreemux/v5",
    "github.com/fasthttp/router",
)
