"""INI files to sections of keys with lines: no interpolation, nothing raised."""

from __future__ import annotations

from reviewer.gather.documents._trees import Scalar

LINE_LIMIT = 20_000
Sections = dict[str, dict[str, list[Scalar]]]
"""Section name to key to the lines of its value."""


def load_ini(source: str) -> Sections:
    """The sections of an INI text. Lines that begin with white space go on with the value above them."""
    sections: Sections = {}
    current: dict[str, list[Scalar]] = sections.setdefault("", {})
    value: list[Scalar] | None = None
    for number, line in enumerate(source.split("\n", LINE_LIMIT)[:LINE_LIMIT], start=1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        if line[0] in " \t" and value is not None:
            value.append(Scalar(stripped, number))
        elif stripped[0] == "[":
            current, value = sections.setdefault(stripped[1:].partition("]")[0].strip(), {}), None
        else:
            key, _, rest = _split(stripped)
            value = current.setdefault(key.strip().lower(), [])
            if rest.strip():
                value.append(Scalar(rest.strip(), number))
    return sections


def _split(line: str) -> tuple[str, str, str]:
    equals, colon = line.find("="), line.find(":")
    return line.partition(":" if colon >= 0 and (equals < 0 or colon < equals) else "=")
