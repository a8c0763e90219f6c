"""Is the repository free of what a tool makes again?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents, Excluded, Project, SourceFile, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_shown, partly, shown

DEPENDENCIES = ("node_modules", "site-packages", "vendor/bundle", "bower_components", "venv", ".venv", "env/lib")
MADE_AGAIN = (
    ".pyc", ".class", ".sqlite3", ".sqlite", ".db", ".log", ".swp", ".rdb", ".zip", ".rar", ".7z", ".exe", ".dll",
    ".DS_Store", ".war", ".jar",
)  # fmt: skip
BUILT = ("dist", "build", "target", "out", "obj", "coverage", ".next", "__pycache__", "htmlcov")
"""Folders that a build fills; blamed only where their contents are generated too."""
EDITORS = (".idea/", ".vs/", ".metadata/", "__pycache__/")
TOOL_JARS = ("gradle-wrapper.jar", "maven-wrapper.jar")
FEW = 3
OWN_ENOUGH = 0.5
"""Share of the repository below which a binary file, whose author is not known, is not held against the candidate."""

CHECK = Check(
    title_shown="Only sources are committed",
    title_not_shown="Build output or dependencies are committed",
    looks_for="Committed dependencies, build output, editors' folders, databases, logs and archives; an ignore file.",
    why="It is the first thing anybody sees in the file list, and it hides the candidate's own work.",
    advice="Add the listed paths to .gitignore and remove them with git rm -r --cached.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="Nothing of the kind is committed, and an ignore file exists; partly for up to three files.",
    does_not_count="Lock files, the wrapper of a build tool, test fixtures.",
    links=("https://github.com/github/gitignore",),
    skills=("Git",),
)


def run(project: Project, documents: Documents, excluded: tuple[Excluded, ...]) -> Verdict:
    """What is committed that a tool makes again."""
    own = project.own_share is None or project.own_share >= OWN_ENOUGH
    whole = [item for item in excluded if own and _is_heap(item)]
    files = [file.path for file in project.files if _counts(file, own) and not _inside(file.path, whole)]
    ignoring = [item for item in documents.others if item.fact.ignores and item.path.endswith(".gitignore")]
    proof = [
        Evidence(path=item.path, note=f"{count(item.files, 'file')} that a tool makes again") for item in whole[:4]
    ]
    proof += [Evidence(path=path, note="made again by a tool") for path in files[:6]]
    if whole or len(files) > FEW:
        heaps = ", ".join(item.path for item in whole[:2])
        what = f"{heaps} and {count(len(files), 'file')}" if whole else count(len(files), "file")
        return not_shown(f"Committed, though a tool makes it again: {what}.", proof, at=".gitignore")
    if files:
        return partly(f"{count(len(files), 'file')} committed that a tool makes again.", proof, at=".gitignore")
    if not ignoring:
        root = [Evidence(path=file.path, note="no .gitignore beside it") for file in project.files[:1]]
        return partly("Nothing superfluous is committed, but there is no ignore file.", root, LIKELY, at=".gitignore")
    places = [Evidence(path=item.path, line=1, end_line=1, note="the ignore file") for item in ignoring]
    return shown("Only sources are committed, and an ignore file keeps it so.", places[:1])


def _is_heap(item: Excluded) -> bool:
    """A folder of dependencies, or of build output."""
    if item.reason == Standing.VENDORED:
        return any(f"/{name}/" in f"/{item.path}/" for name in DEPENDENCIES)
    return item.reason == Standing.GENERATED and item.path.rpartition("/")[2] in BUILT


def _counts(file: SourceFile, own: bool) -> bool:
    """Whether a file is held against the candidate: made again by a tool, no library's, and not somebody else's."""
    return _made_again(file.path) and file.standing is not Standing.VENDORED and (own or file.share is not None)


def _inside(path: str, folders: list[Excluded]) -> bool:
    return any(path.startswith(f"{item.path}/") for item in folders)


def _made_again(path: str) -> bool:
    low = path.lower()
    if low.endswith(TOOL_JARS) or "fixture" in low or "test" in low:
        return False
    return low.endswith(tuple(end.lower() for end in MADE_AGAIN)) or any(f"/{name}" in f"/{low}" for name in EDITORS)
