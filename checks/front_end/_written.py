"""Own lines of a language of the front end."""

from __future__ import annotations

from reviewer.model.facts.repository import Project, Standing
from reviewer.model.finding import Evidence, Verdict
from reviewer.model.verdict import count, not_applicable, shown

LINES = 20


def written(project: Project, name: str, kinds: tuple[str, ...]) -> Verdict:
    """Shown from `LINES` own lines in files of these kinds; less is nothing to judge."""
    files = [file for file in project.files if file.kind in kinds and file.standing is Standing.OWN and file.facts]
    files = [file for file in files if file.share is None or file.share > 0]
    lines = sum(file.facts.lines for file in files if file.facts)
    if lines < LINES:
        return not_applicable(f"No {name} of some length.")
    places = [Evidence(path=file.path, line=1, end_line=1, note=name) for file in files[:3]]
    return shown(f"{lines:,} lines of {name} in {count(len(files), 'file')}.", places)
