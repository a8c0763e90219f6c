"""Is the repository free of what a tool makes again?"""

from __future__ import annotations

import re

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents, Excluded, FileRole, LanguageUse, Project, SourceFile, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_shown, partly, shown

DEPENDENCIES = ("node_modules", "site-packages", "vendor/bundle", "bower_components", "venv", ".venv", "env/lib")
ARCHIVES = (".zip", ".rar", ".7z", ".tgz", ".tar.gz")
BINARIES = (".exe", ".dll", ".jar")
STORES = (".sqlite3", ".sqlite", ".db", ".rdb")
BACKUPS = (".bak", ".orig", ".rej")
NEVER_MEANT = (".pyc", ".ds_store", ".swp", ".swo", "thumbs.db", ".tsbuildinfo")
MADE_AGAIN = (*ARCHIVES, *BINARIES, *STORES, *BACKUPS, ".class", ".war", ".log")
WHAT = (
    ((".ds_store", "thumbs.db"), "of the operating system"),
    (ARCHIVES, "an archive"),
    (BINARIES, "a binary"),
    (STORES, "a database file"),
    ((".log",), "a log"),
    ((".swp", ".swo"), "of an editor"),
    (BACKUPS, "a backup"),
    ((".pyc", ".class", ".war", ".tsbuildinfo"), "compiled"),
)
BUNDLE = re.compile(
    r"[.-](?=[0-9a-f]{0,19}\d)[0-9a-f]{8,20}\.(?:chunk\.)?(?:js|css)(?:\.map)?$|(?:^|/)bin/(?:debug|release)/"
)
"""Bundles with a hash in their names, and what a compiler writes; nobody writes them by hand."""
KEPT = re.compile(r"(?:^|/)(?:[^/]{0,200}[^/.]~|#[^/]{1,200}#)$")
"""What Emacs, gedit and others write beside a file that they change."""
PROGRAM = re.compile(r"(?:^|/)(?:main|server|app|api|bootstrap|__debug_bin\d{0,20})$")
"""What Go's compiler and debugger call a program that nobody named, where the file is no text."""
TEST_FOLDERS = frozenset(
    "test tests __tests__ spec specs e2e testdata test-data resources samples mocks exploits exploit payloads "
    "examples".split()
)
NATIVE_FOLDERS = frozenset("runtimes native natives x64 x86 win-x64".split())
"""Folders of libraries in machine code that no package manager brings."""
SHARED = re.compile(
    r"(?:^|/)\.idea/(?:codestyles|inspectionprofiles|runconfigurations|dictionaries|scopes|copyright|filetemplates|"
    r"icon\.)|"
    r"(?:^|/)\.idea/(?:\.gitignore|externaldependencies\.xml|vcs\.xml|codeinsightsettings\.xml|encodings\.xml)$"
)
"""What JetBrains advises to share with a team."""
BUILT = ("dist", "build", "target", "out", "obj", "coverage", ".next", "__pycache__", "htmlcov")
"""Folders that a build fills; blamed only where their contents are generated too."""
EDITORS = (".idea/", ".vs/", ".metadata/", "__pycache__/")
TOOL_JARS = ("gradle-wrapper.jar", "maven-wrapper.jar")
FEW = 3
WRITING = frozenset({"JavaScript", "TypeScript", "Python", "Java", "Kotlin", "C#"})
"""Languages whose tools write beside the sources wherever they run: packages, caches, classes."""
OWN_ENOUGH = 0.5
"""Share of the repository below which a binary file, whose author is not known, is not held against the candidate."""

CHECK = Check(
    title_shown="Only sources are committed",
    title_partly="Nearly only sources are committed, or no ignore file",
    title_not_shown="Build output, binaries or dependencies are committed",
    looks_for="Committed dependencies, build output, editors' folders and backups, databases, logs, binaries and "
    "archives; an ignore file.",
    why="It is the first thing anybody sees in the file list, and it hides the candidate's own work.",
    advice="Add the listed paths to .gitignore and remove them with git rm -r --cached.",
    effort=Effort.MINUTES,
    level=2,
    skills=("Git",),
    shown_when="Nothing of the kind is committed, and an ignore file exists where tools write beside the "
    "sources; partly for up to three files, or without that file.",
    does_not_count="Lock files, the wrapper of a build tool, data of tests, editors' settings that are made for "
    "sharing, other people's files.",
    computed="Paths of the reviewed tree are matched against endings and folder names after GitHub's collection "
    "of ignore files. Folders of dependencies and build output are told by name and content. Up to three "
    "files are partly; that is the project's own threshold.",
    limits="Told by name: a database or archive may be there on purpose. What was committed once and removed "
    "since is not counted.",
    links=(
        "https://github.com/github/gitignore",
        "https://docs.github.com/en/get-started/git-basics/ignoring-files",
    ),
    before="$ git ls-files\n.DS_Store\nnotes.sqlite3\nsrc/notes.py",
    pattern="# .gitignore\n.DS_Store\n*.sqlite3\n__pycache__/\n.venv/",
)


def run(project: Project, documents: Documents, excluded: tuple[Excluded, ...]) -> Verdict:
    """What is committed that a tool makes again."""
    own = project.own_share is None or project.own_share >= OWN_ENOUGH
    heaps = [item for item in excluded if own and _is_heap(item)]
    whole = [item for item in heaps if item.files > 1]
    files = [file.path for file in project.files if _counts(file, own) and not _inside(file.path, heaps)]
    files += [item.path for item in heaps if item.files == 1]
    ignoring = [item for item in documents.others if item.fact.ignores and item.path.endswith(".gitignore")]
    proof = [
        Evidence(path=item.path, note=f"{count(item.files, 'file')} that a tool makes again") for item in whole[:4]
    ]
    proof += [Evidence(path=path, note=_what(path)) for path in files[:6]]
    if whole or len(files) > FEW:
        folders = ", ".join(item.path for item in whole[:2])
        what = " and ".join(part for part in (folders, count(len(files), "file") if files else "") if part)
        return not_shown(f"Committed, though no source of the project: {what}.", proof, at=".gitignore")
    if files:
        one = "is no source" if len(files) == 1 else "are no sources"
        said = f"{count(len(files), 'file')} committed that {one} of the project."
        return partly(said, proof, LIKELY, at=".gitignore")
    if not ignoring and any(_writes(use, project) for use in project.languages):
        return partly("Nothing of the kind was found, but there is no ignore file.", (), LIKELY, at=".gitignore")
    places = [Evidence(path=item.path, line=1, end_line=1, note="the ignore file") for item in ignoring]
    if not places:
        return shown("Only sources are committed.", confidence=LIKELY)
    return shown("Only sources are committed, and an ignore file keeps it so.", places[:1])


def _writes(use: LanguageUse, project: Project) -> bool:
    """Whether a language's tools write beside the sources: scripts of a page alone have none."""
    return use.name in WRITING and (use.role == FileRole.SERVER or bool(project.manifests))


def _is_heap(item: Excluded) -> bool:
    """A folder of dependencies, or of build output."""
    if item.reason == Standing.VENDORED:
        return any(f"/{name}/" in f"/{item.path}/" for name in DEPENDENCIES)
    return item.reason == Standing.GENERATED and item.path.rpartition("/")[2] in BUILT


def _counts(file: SourceFile, own: bool) -> bool:
    """Whether a file is held against the candidate: made again by a tool, no library's, and not somebody else's.

    A backup that is no text is one of a database, to restore it from.
    """
    if file.path.lower().endswith(".bak") and file.standing in (Standing.BINARY, Standing.TOO_LARGE):
        return False
    program = file.standing in (Standing.BINARY, Standing.TOO_LARGE) and PROGRAM.search(file.path)
    made = program or _made_again(file.path)
    return bool(made) and file.standing is not Standing.VENDORED and (own or file.share is not None)


def _inside(path: str, folders: list[Excluded]) -> bool:
    return any(path.startswith(f"{item.path}/") for item in folders)


def _made_again(path: str) -> bool:
    low = path.lower()
    folders = frozenset(low.split("/")[:-1])
    if (
        low.endswith(TOOL_JARS)
        or SHARED.search(low)
        or low.rpartition("/")[2].startswith(("dockerfile", "containerfile"))
    ):
        return False
    if (
        any(f"/{name}" in f"/{low}" for name in EDITORS)
        or low.endswith(NEVER_MEANT)
        or BUNDLE.search(low)
        or KEPT.search(low)
    ):
        return True
    if not low.endswith(MADE_AGAIN) or "fixture" in low or folders & TEST_FOLDERS:
        return False
    return not (low.endswith(BINARIES) and folders & NATIVE_FOLDERS)


def _what(path: str) -> str:
    low = path.lower()
    if "/__pycache__/" in f"/{low}":
        return "compiled"
    if any(f"/{name}" in f"/{low}" for name in EDITORS):
        return "of an editor"
    if KEPT.search(low):
        return "a backup of an editor"
    if BUNDLE.search(low):
        return "written by a build"
    if PROGRAM.search(path):
        return "a compiled program"
    return next((said for ends, said in WHAT if low.endswith(ends)), "made again by a tool")
