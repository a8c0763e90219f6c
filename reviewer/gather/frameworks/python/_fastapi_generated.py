"""What an application of FastAPI serves by itself: its description, and two pages that show it."""

from __future__ import annotations

from reviewer.gather.frameworks.python._python import written
from reviewer.gather.syntax import Call, value_of
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

GENERATED = (("docs_url", "/docs"), ("redoc_url", "/redoc"), ("openapi_url", "/openapi.json"))
"""The setting that moves each or, being None, takes it away, and where it is."""


def generated(framework: str, router: str, call: Call) -> list[Route]:
    """The routes that ``FastAPI(...)`` adds; none where there is no description to show."""
    if written(call.keywords.get("openapi_url")) == "None":
        return []
    found = []
    for setting, default in GENERATED:
        moved = call.keywords.get(setting)
        if written(moved) != "None":
            path: Value = (default,) if moved is None else value_of(moved)
            found.append(
                Route(
                    router=router,
                    framework=framework,
                    methods=("GET",),
                    path=path,
                    line=call.line,
                    end_line=call.end_line,
                    implicit=True,
                )
            )
    return found
