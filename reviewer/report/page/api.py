"""A repository's API: how much of it there is, how much is tested, and where it differs from its description."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.model.document import EndpointPart, RepositoryPart
from reviewer.report import sanitise, words
from reviewer.report.charts import grid
from reviewer.report.page.density import Density

DRIFT_NAMES = 10
"""Operations named that stand in the code or in the description alone."""
ANSWERS = {True: "yes", False: "no", None: "cannot tell"}
SHAPES = {True: "Filled", False: "Outlined", None: "Dashed"}


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """An endpoint as a row of the table; ``anchor`` is what its cell of the grid links to."""

    anchor: str
    method: str
    path: str
    place: str
    url: str | None
    tested: str
    authenticated: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """The API in a sentence, as a grid and as a table; ``further`` endpoints are not in the table."""

    sentence: str
    grid: grid.Grid
    legend: str
    rows: list[EndpointRow]
    further: int
    other: str
    drift: list[str]


def api_view(repository: RepositoryPart, dense: Density, anchor: str) -> ApiView:
    """``anchor`` is the section's own: rows are addressed below it."""
    endpoints = sorted(repository.api.endpoints, key=lambda e: (e.kind != "api", e.path, e.method))
    shown = endpoints[: dense.endpoints]
    total = len(endpoints) + repository.left_out.get("endpoints", 0)
    return ApiView(
        sentence=_endpoints_sentence(endpoints, total),
        grid=grid.grid(shown),
        legend=_legend(shown),
        rows=[_endpoint(item, f"{anchor}-e{index}", linked=dense.linked) for index, item in enumerate(shown, 1)],
        further=total - len(shown),
        other=_other_styles(repository),
        drift=_drift(repository),
    )


def _endpoints_sentence(endpoints: list[EndpointPart], total: int) -> str:
    if not endpoints:
        return ""
    said = words.count(total, "endpoint")
    told = [e for e in endpoints if e.tested is not None]
    if told:
        said += f", {sum(bool(e.tested) for e in told)} reached by a test"
    guarded = [e for e in endpoints if e.authenticated is not None]
    if guarded:
        said += f", {sum(bool(e.authenticated) for e in guarded)} behind authentication"
    return said + "."


def _legend(endpoints: list[EndpointPart]) -> str:
    numbers = [(state, sum(e.tested is state for e in endpoints)) for state in (True, False, None)]
    return " ".join(f"{SHAPES[state]}: {grid.WORDS[state]} ({n})." for state, n in numbers if n)


def _endpoint(item: EndpointPart, anchor: str, *, linked: bool) -> EndpointRow:
    return EndpointRow(
        anchor=anchor,
        method=sanitise.visible(item.method, 20),
        path=sanitise.visible(item.path),
        place=f"{sanitise.visible(item.file)}:{item.line}",
        url=sanitise.link(item.url) if linked else None,
        tested=ANSWERS[item.tested],
        authenticated=ANSWERS[item.authenticated],
    )


def _other_styles(repository: RepositoryPart) -> str:
    api = repository.api
    counts = ((len(api.graphql), "GraphQL"), (len(api.soap), "SOAP"), (len(api.grpc), "gRPC"))
    said = [f"{words.count(number, 'operation')} of {style}" for number, style in counts if number]
    return words.listed(said) + "." if said else ""


def _drift(repository: RepositoryPart) -> list[str]:
    spec = repository.api.spec
    if spec is None:
        return []
    lists = (("In the code alone", spec.missing_in_spec), ("In the description alone", spec.missing_in_code))
    return [
        f"{title}: {', '.join(sanitise.visible(name) for name in names[:DRIFT_NAMES])}"
        + (f" and {len(names) - DRIFT_NAMES} more." if len(names) > DRIFT_NAMES else ".")
        for title, names in lists
        if names
    ]
