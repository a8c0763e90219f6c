"""Which language a linter, formatter or type checker is for."""

from __future__ import annotations

import re
from posixpath import basename, dirname

from reviewer.model.facts.documents import Document
from reviewer.model.facts.repository import Operations, Project
from reviewer.model.facts.values import At, Place

LONGEST = 400
"""Characters of a step that are looked at."""

SCRIPTS = ("JavaScript", "TypeScript")
OF_TOOL = {
    **dict.fromkeys(
        ("Ruff", "Flake8", "Pylint", "mypy", "Pyright", "isort", "YAPF", "Bandit", "Black", "pycodestyle"), ("Python",)
    ),
    **dict.fromkeys(("TSLint", "Biome", "JSHint", "JSCS", "ESLint", "Prettier", "XO", "standard"), SCRIPTS),
    **dict.fromkeys(("RuboCop", "Reek"), ("Ruby",)),
    **dict.fromkeys(
        ("PHP_CodeSniffer", "PHPStan", "Psalm", "Pint", "Rector", "StyleCI", "PHP CS Fixer", "Larastan"), ("PHP",)
    ),
    **dict.fromkeys(("Checkstyle", "PMD"), ("Java", "Kotlin")),
    "detekt": ("Kotlin",),
    "StyleCop": ("C#",),
    "EditorConfig": ("C#",),
    "golangci-lint": ("Go",),
    "SQLFluff": ("SQL",),
    **dict.fromkeys(
        ("Stylelint", "commitlint", "hadolint", "yamllint", "SwiftLint", "clang-format", "scalafmt", "lint-staged"), ()
    ),
}
"""Tools whose language is known; what is not listed here may check any."""
SHARED = (".github", "config", "gradle", "buildSrc", "build-logic", "build-conventions", "tools")
"""Folders at the root whose settings hold for the whole."""
OF_MANIFEST = {
    "package.json": SCRIPTS,
    **dict.fromkeys(("pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "pipfile", "setup.py"), ("Python",)),
    "composer.json": ("PHP",),
    "gemfile": ("Ruby",),
    **dict.fromkeys(("pom.xml", "build.gradle", "build.gradle.kts"), ("Java", "Kotlin")),
    "go.mod": ("Go",),
}
"""Manifests that may name linters: of what they manage."""


PACKAGES = {
    "Python": "ruff flake8 pylint mypy black isort pyright bandit pycodestyle yapf autopep8",
    **dict.fromkeys(SCRIPTS, "eslint prettier tslint standard xo @biomejs/biome jshint"),
    "Ruby": "rubocop rubocop-rails rubocop-performance rubocop-rails-omakase standard standardrb reek",
    "PHP": "phpstan/phpstan squizlabs/php_codesniffer friendsofphp/php-cs-fixer vimeo/psalm laravel/pint "
    "larastan/larastan nunomaduro/larastan",
    "C#": "StyleCop.Analyzers SonarAnalyzer.CSharp Roslynator.Analyzers",
}
"""Linters, formatters and type checkers by the name of their package."""

TSC = r"\btsc\b"
COMMANDS = {
    "Python": r"ruff|flake8|pylint|mypy|black\b|isort|bandit|pyright|pycodestyle",
    "Ruby": r"rubocop|standardrb|reek",
    "PHP": r"phpstan|phpcs|php-cs-fixer|psalm|pint\b|larastan|parallel-lint",
    "Go": r"golangci|go ?vet|go ?fmt|goimports|staticcheck|gofumpt|revive",
    "C#": r"dotnet[ -]format|stylecop|roslynator",
    **dict.fromkeys(("Java", "Kotlin"), r"checkstyle|spotless|ktlint|detekt|pmd|spotbugs|google-java-format"),
    **dict.fromkeys(SCRIPTS, rf"eslint|prettier|tslint|biome|{TSC}|jshint|\bxo\b"),
}
"""Words of CI steps that check a language."""
OF = {name: re.compile(words, re.IGNORECASE) for name, words in COMMANDS.items()}
ASKED = {
    name: re.compile(rf"\b(?:{words.replace(TSC, f'{TSC} .*--noEmit')})", re.IGNORECASE)
    for name, words in COMMANDS.items()
}
"""The same in scripts, where ``tsc`` alone builds."""


def in_ci(operations: Operations, language: str) -> list[Place]:
    """The CI steps that check a language, by a tool of it or by one that is for any language."""
    found = []
    for item in operations.ci:
        for step in item.fact.steps:
            if step.purpose in ("lint", "types"):
                named = {name for name, words in OF.items() if words.search(step.text[:LONGEST])}
                if not named or language in named:
                    found.append(Place(path=item.path, line=step.line))
    return found


def in_scripts(project: Project, language: str, paths: set[str]) -> list[Place]:
    """The manifests, makefiles and task files with a script that checks a language."""
    asked = ASKED.get(language)
    return [
        Place(path=item.path, line=1)
        for item in project.manifests
        if asked
        and _is_around(item.path, paths)
        and any(asked.search(line[:LONGEST]) for line in item.fact.scripts.values())
    ]


def declared(project: Project, language: str) -> list[Place]:
    """The manifests that name a linter, formatter or type checker of a language among what is installed."""
    names = frozenset(PACKAGES.get(language, "").casefold().split())
    return [
        Place(path=item.path, line=dependency.line)
        for item in project.manifests
        if names
        for dependency in item.fact.dependencies
        if dependency.name.casefold() in names
    ]


def is_for(item: At[Document], language: str, paths: set[str]) -> bool:
    """Whether a configured linter checks files of a language: by what it is for, and by the folder that it lies in."""
    name = basename(item.path).casefold()
    languages = OF_MANIFEST.get(name)
    if languages is None and name.endswith((".csproj", ".props", ".sln")):
        languages = ("C#",)
    if languages is None:
        known = [OF_TOOL.get(tool.strip()) for tool in (item.fact.lint_config or "").split(",")]
        languages = None if None in known else tuple(one for found in known if found is not None for one in found)
    if languages is not None and language not in languages:
        return False
    return _is_around(item.path, paths)


def _is_around(settings: str, paths: set[str]) -> bool:
    """Whether settings hold for any of some files, by the folder that they lie in."""
    folder = dirname(settings)
    return not folder or folder.startswith(SHARED) or any(path.startswith(f"{folder}/") for path in paths)
