"""gRPC-Gateway: services whose HTTP rules are served through its mux."""

from __future__ import annotations

from reviewer.gather.frameworks.go._read import framework

FRAMEWORK = framework("gRPC", "google.golang.org/grpc")
