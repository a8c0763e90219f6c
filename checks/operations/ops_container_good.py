"""Is the image built well?"""

from __future__ import annotations

import re

from checks.operations._images import DEVELOPMENT, images
from reviewer.model.check import Check
from reviewer.model.facts.documents import Container
from reviewer.model.facts.repository import Operations
from reviewer.model.finding import Effort, Outcome, Verdict
from reviewer.model.verdict import LIKELY, by_share, evidence, not_applicable

WANTED = {
    "pinned": "a pinned base",
    "slim": "a small base",
    "non_root": "a user other than root",
    "cached_layers": "dependencies in a layer of their own",
}
OF_A_HOUSE = re.compile(
    r"(?!(?:docker\.io|index\.docker\.io|mcr\.microsoft\.com|public\.ecr\.aws|gcr\.io/distroless|quay\.io|cgr\.dev"
    r"|registry\.access\.redhat\.com|registry\.redhat\.io|container-registry\.oracle\.com)/)[\w-]+(?:\.[\w-]+)+(?::\d+)?/"
    r"|(?!nvidia/|devcontainers/|vscode/)(?:[\w/-]{1,100}[-_:])?base(?::[\w.-]{1,60})?\Z"
)
"""Base images of a registry of somebody's own, or made here as a base: what they hold and run as is not known."""
ENOUGH, SOME = 0.75, 0.5
OF_THREE = 2 / 3

CHECK = Check(
    title_shown="The image is built well",
    title_not_shown="The image could be built better",
    title_partly="The image is built with some care",
    looks_for="A small, pinned base, a user other than root, dependencies in a layer of their own.",
    why="It decides how fast builds are, how large images are, and what a break-in gets.",
    advice="Pin a slim base, copy the dependency file and install before the sources, and add a USER line.",
    effort=Effort.MINUTES,
    level=3,
    shown_when=(
        "At least three of the four; partly with two. Where an image only copies a program that was built before, it "
        "has no dependencies to install: two of the other three, partly with one."
    ),
    does_not_count=(
        "Images that copy no sources, of databases, tests and tools, those to develop in (by their "
        "name, or as what they start reloads the sources), and those built upon one "
        "of a house's own registry; what a generator wrote and nobody changed is neither praised nor blamed."
    ),
    computed=(
        "Of several Dockerfiles the best counts. Pinned: every base has a version with a digit in its tag, or a "
        "digest. Small: the last base is slim, alpine, distroless, a runtime or the like. User: a USER line, an "
        "image that brings one, or gosu. Layer: the install step comes after the dependency file and "
        "before the sources."
    ),
    limits="The image is not built: its size, and the user inside an unknown base image, are not known.",
    links=(
        "https://docs.docker.com/build/building/best-practices/",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ),
    skills=("Docker",),
    before='FROM node\nCOPY . .\nRUN npm install\nCMD ["node", "shop.js"]',
    pattern='FROM node:20-alpine\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "shop.js"]',
)


def run(operations: Operations) -> Verdict:
    """The best Dockerfile against the four."""
    if not any(item.fact.kind == "dockerfile" for item in operations.containers):
        return not_applicable("There is no Dockerfile.")
    files = [item for item in images(operations) if item.fact.copies_source]
    if not files:
        return not_applicable("No Dockerfile copies the sources of the application.")
    files = [item for item in files if not item.fact.develops and not DEVELOPMENT.fullmatch(item.path[:300])]
    if not files:
        return not_applicable("The images are for developing in.")
    best = max(files, key=lambda item: sum(getattr(item.fact, name) for name in WANTED))
    wanted = _wanted(best.fact)
    if best.fact.bases and OF_A_HOUSE.match(best.fact.bases[-1][:200]) and len(wanted) == len(WANTED):
        unknown = [name for name in ("slim", "non_root") if not getattr(best.fact, name)]
        if unknown:
            return not_applicable("It is built upon an image of a house's own, which is not looked into.")
    has = [text for name, text in wanted.items() if getattr(best.fact, name)]
    lacks = [text for name, text in wanted.items() if not getattr(best.fact, name)]
    nothing = "none of the four" if len(wanted) == len(WANTED) else "none of the three"
    said = f"Has {', '.join(has) or nothing}" + (f"; lacks {', '.join(lacks)}" if lacks else "")
    outcome = by_share(len(has) / len(wanted), ENOUGH, SOME)
    if len(wanted) < len(WANTED):
        outcome = by_share(len(has) / len(wanted), OF_THREE, OF_THREE / 2)
    if best.fact.generated and outcome is not Outcome.SHOWN:
        return not_applicable("The Dockerfile is as a generator wrote it.")
    return Verdict(outcome=outcome, summary=f"{said}.", evidence=evidence([best], "the image"), confidence=LIKELY)


def _wanted(image: Container) -> dict[str, str]:
    """What is asked of an image: one that is given a finished program installs no dependencies."""
    if image.artifact and not image.cached_layers:
        return {name: text for name, text in WANTED.items() if name != "cached_layers"}
    return WANTED
