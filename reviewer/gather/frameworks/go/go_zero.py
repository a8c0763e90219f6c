"""go-zero: lists of routes on a server; those of .api files are read as documents."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("go-zero", "github.com/zeromicro/go-zero")
