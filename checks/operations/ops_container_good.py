"""Is the image built well?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Operations
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import by_share, evidence, not_applicable

WANTED = {
    "pinned": "a pinned base",
    "slim": "a small base",
    "non_root": "a user other than root",
    "cached_layers": "dependencies in a layer of their own",
}
ENOUGH, SOME = 0.75, 0.5

CHECK = Check(
    title_shown="The image is built well",
    title_not_shown="The image could be built better",
    looks_for="A small, pinned base, a user other than root, dependencies in a layer of their own.",
    why="It decides how fast builds are, how large images are, and what a break-in gets.",
    advice="Pin a slim base, copy the dependency file and install before the sources, and add a USER line.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="At least three of the four; partly with two.",
    does_not_count="Images that do not build the application.",
    links=("https://docs.docker.com/build/building/best-practices/",),
    skills=("Docker",),
)


def run(operations: Operations) -> Verdict:
    """The best Dockerfile against the four."""
    files = [item for item in operations.containers if item.fact.kind == "dockerfile"]
    if not files:
        return not_applicable("There is no Dockerfile.")
    best = max(files, key=lambda item: sum(getattr(item.fact, name) for name in WANTED))
    has = [text for name, text in WANTED.items() if getattr(best.fact, name)]
    lacks = [text for name, text in WANTED.items() if not getattr(best.fact, name)]
    said = f"Has {', '.join(has) or 'none of the four'}" + (f"; lacks {', '.join(lacks)}" if lacks else "")
    return Verdict(
        outcome=by_share(len(has) / len(WANTED), ENOUGH, SOME),
        summary=f"{said}.",
        evidence=evidence([best], "the image"),
    )
