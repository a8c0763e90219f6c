"""Names in a label and in a report: languages, frameworks, databases and so on, in the closed vocabularies."""

from __future__ import annotations

from bench.records import Record, dig
from bench.vocabulary import canonical

LABELLED: dict[str, tuple[str, ...]] = {
    "frameworks": ("frameworks", "cms"),
    "data_layers": ("orm_or_query_layer",),
    "test_frameworks": ("tests.frameworks",),
    "migrations": ("migrations.tool",),
}
"""Where a label says it, where the place is not the kind's own name."""
REPORTED: dict[str, tuple[str, ...]] = {
    "frameworks": ("frameworks", "cms"),
    "api_styles": ("api.styles",),
    "test_frameworks": ("tests.frameworks",),
}
NAME_KEYS = ("name", "system", "tool")
OTHER_ROLES = ("frontend", "scripts", "config")
"""A language in these roles is no back-end language, and no mistake either."""


def labelled(record: Record, kind: str) -> set[str]:
    """What the label says is there; what it is unsure of is left out."""
    if kind == "databases":
        sure = [item for item in record.get("databases") or [] if item.get("status", "used") != "unsure"]
        return canonical(kind, names_of(sure))
    return _at(record, kind, LABELLED)


def claimed(report: Record, kind: str, truth: set[str]) -> set[str]:
    """What a repository's report says is there, without what counts neither way beside ``truth``."""
    if kind == "databases":
        used = [item for item in report.get("databases") or [] if item.get("role") != "named"]
        return canonical(kind, names_of(used))
    if kind == "languages":
        items = report.get("languages") or []
        aside = [item for item in items if isinstance(item, dict) and item.get("role") in OTHER_ROLES]
        server = [item for item in items if item not in aside]
        return canonical(kind, names_of(server)) | (canonical(kind, names_of(aside)) & truth)
    found = _at(report, kind, REPORTED)
    if kind == "frameworks" and "Django REST framework" in truth:
        return found - ({"Django"} - truth)
    return found


def names_of(value: object) -> list[str]:
    """The names in a label's or report's value: a text, a table with a name, or a list of either."""
    if value is None or value == "unsure":
        return []
    if isinstance(value, dict):
        return [next((str(value[key]) for key in NAME_KEYS if value.get(key)), "")]
    if isinstance(value, list):
        return [name for item in value for name in names_of(item)]
    return [str(value)]


def _at(record: Record, kind: str, places: dict[str, tuple[str, ...]]) -> set[str]:
    return canonical(kind, [name for place in places.get(kind, (kind,)) for name in names_of(dig(record, place))])
