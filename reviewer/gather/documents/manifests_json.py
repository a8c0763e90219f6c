"""npm's package.json and Composer's composer.json."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._manifest import DEPENDENCY_LIMIT, dependency, with_manifest
from reviewer.gather.documents._trees import LineFinder, Tree, mapping, sequence, text
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Dependency, Document
from reviewer.model.facts.file import FileFacts

NPM_SECTIONS = {
    "dependencies": False,
    "optionalDependencies": False,
    "peerDependencies": False,
    "devDependencies": True,
}
COMPOSER_SECTIONS = {"require": False, "require-dev": True}
NPM_LINTERS = {
    "eslintConfig": "ESLint",
    "prettier": "Prettier",
    "standard": "StandardJS",
    "xo": "XO",
    "stylelint": "Stylelint",
    "lint-staged": "lint-staged",
    "commitlint": "commitlint",
    "husky": "Husky",
}
PLATFORM = ("php", "hhvm", "composer")


def _dependencies(source: str, tree: dict[str, Tree], sections: dict[str, bool]) -> Iterator[Dependency]:
    for section, dev in sections.items():
        lines = LineFinder(source, f'"{section}"')
        slashed = "\\/" in source
        for name, version in islice(mapping(tree.get(section)).items(), DEPENDENCY_LIMIT):
            written = name.replace("/", "\\/") if slashed else name
            yield dependency(name, text(version), lines.find(f'"{written}"'), dev)


def _scripts(value: Tree) -> dict[str, str]:
    joined = {key: " && ".join(text(part) for part in sequence(item)) for key, item in mapping(value).items()}
    return {key: item for key, item in joined.items() if item}


def read_npm(source: str, base: FileFacts) -> FileFacts:
    """package.json with its scripts, and which tools are configured in it."""
    loaded = load_json(source)
    tree = mapping(loaded.tree)
    linters = ", ".join(tool for key, tool in NPM_LINTERS.items() if key in tree)
    threshold = "coverageThreshold" in mapping(tree.get("jest")) or any(
        mapping(tree.get(tool)).get("check-coverage") is True for tool in ("nyc", "c8")
    )
    measured = mapping(tree.get("jest")).get("collectCoverage") is True
    return with_manifest(
        base,
        "npm",
        _dependencies(source, tree, NPM_SECTIONS),
        loaded.problem,
        Document(lint_config=linters or None, coverage_threshold=threshold, coverage_measured=measured),
        scripts=_scripts(tree.get("scripts")),
        name=text(tree.get("name")) or None,
        description=text(tree.get("description")) or None,
    )


def read_composer(source: str, base: FileFacts) -> FileFacts:
    """composer.json with its scripts; PHP itself and its extensions are no dependencies."""
    loaded = load_json(source)
    tree = mapping(loaded.tree)
    found = _dependencies(source, tree, COMPOSER_SECTIONS)
    return with_manifest(
        base,
        "composer",
        (item for item in found if item.name not in PLATFORM and not item.name.startswith(("ext-", "lib-"))),
        loaded.problem,
        scripts=_scripts(tree.get("scripts")),
        name=text(tree.get("name")) or None,
        description=text(tree.get("description")) or None,
    )


NPM = DocumentReader("npm", ("npm",), read_npm)
COMPOSER = DocumentReader("composer", ("composer",), read_composer)
