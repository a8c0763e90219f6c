"""One file's bytes to the facts that are kept of it. Pure: the same kind and bytes give the same facts."""

from __future__ import annotations

from reviewer.gather import registry
from reviewer.gather._runs import how_run
from reviewer.gather.blocks import blocks_of
from reviewer.gather.documents.read import read_document
from reviewer.gather.documents.secrets import find_secrets
from reviewer.gather.keep import kept_shape
from reviewer.gather.notebooks import code_of_notebook
from reviewer.gather.reader import Framework, Kept, Language, TooDeep
from reviewer.gather.syntax import Module
from reviewer.gather.text import decode, looks_drafted, looks_generated
from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Routing
from reviewer.model.facts.tests import TestFile

EXTRACTOR_VERSION = "21"
"""Part of every cache key: raised whenever a reader keeps something else than before."""

MADE_LIMIT = 100
"""Classes that one file of tests makes objects of, as kept."""

ERROR_SHARE_LIMIT = 0.2
"""Above this share of lines that the grammar could not place, nothing in a file is blamed."""


def read_file(kind: str, data: bytes) -> FileFacts:
    """Reads one file.

    Args:
        kind: from `reviewer.gather.kinds.kind_of`.
        data: the whole file.
    """
    text = decode(data)
    if text is None:
        return FileFacts(kind=kind, understood=False, problems=("not text in an encoding that is known",))
    lines = _lines(text)
    if looks_generated(text):
        return read_document(kind, text, FileFacts(kind=kind, lines=lines, generated=True))
    secrets = find_secrets(kind, text)
    language = registry.language_of(kind)
    if language is None:
        return read_document(kind, text, FileFacts(kind=kind, lines=lines, secrets=secrets))
    if kind == "notebook":
        text = code_of_notebook(text)
        lines = _lines(text)
    try:
        module = language.parse(text.encode("utf-8", "replace"), kind)
    except TooDeep as error:
        return FileFacts(kind=kind, lines=lines, secrets=secrets, understood=False, problems=(str(error),))
    base = FileFacts(kind=kind, lines=lines, secrets=secrets, drafted=looks_drafted(text))
    facts = _facts_of(module, base, language)
    return read_document(kind, text, facts)


def _lines(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") and bool(text))


def _facts_of(module: Module, base: FileFacts, language: Language) -> FileFacts:
    kept = Kept()
    declared = language.declared(module) if language.declared else module
    for reader in registry.readers(module.language):
        reader.read(declared if isinstance(reader, Framework) else module, kept)
    for reader in registry.sign_readers(module.language) if not kept.cases else ():
        reader.read(module, kept)
    shape = kept_shape(module)
    understood = module.errors <= ERROR_SHARE_LIMIT
    problems = (
        () if understood else (f"could not parse {round(module.errors * 100)} % of its lines as {module.language}",)
    )
    return FileFacts(
        kind=base.kind,
        lines=base.lines,
        secrets=base.secrets,
        code_lines=module.code_lines,
        functions=shape.functions,
        blocks=blocks_of(module.text, module.functions) if not kept.cases else (),
        classes=shape.classes,
        imports=shape.imports,
        exports=shape.exports,
        constants=(*shape.constants, *kept.constants),
        catches=shape.catches,
        maintainability=shape.maintainability,
        signs=tuple(sorted(kept.signs, key=lambda sign: (sign.line, sign.kind, sign.detail))),
        routing=_routing(kept),
        operations=tuple(kept.operations),
        statements=tuple(sorted(kept.statements, key=lambda item: (item.line, item.verb))),
        tables=tuple(kept.tables),
        data=tuple(sorted(kept.data, key=lambda item: (item.line, item.name, item.how))),
        migration=kept.migration,
        tests=_tests(kept, module),
        document=_document(kept),
        understood=understood,
        problems=problems,
        namespace=module.namespace,
        drafted=base.drafted,
        runs=how_run(module),
    )


def _document(kept: Kept) -> Document | None:
    """What settings and builds that are written as code have of a document."""
    if not (kept.targets or kept.coverage_threshold or kept.coverage_measured):
        return None
    return Document(
        targets=kept.targets,
        coverage_threshold=kept.coverage_threshold,
        coverage_measured=kept.coverage_measured,
    )


def _routing(kept: Kept) -> Routing | None:
    if not (kept.routers or kept.routes or kept.mounts or kept.views or kept.rules):
        return None
    return Routing(
        routers=tuple(kept.routers),
        routes=tuple(kept.routes),
        mounts=tuple(kept.mounts),
        views=tuple(kept.views),
        rules=tuple(kept.rules),
    )


def _tests(kept: Kept, module: Module) -> TestFile | None:
    if not (kept.cases or kept.requests or kept.test_libraries or kept.test_fixtures or kept.test_database):
        return None
    return TestFile(
        cases=tuple(kept.cases),
        requests=tuple(kept.requests),
        libraries=tuple(sorted(set(kept.test_libraries))),
        database=kept.test_database,
        fixtures=kept.test_fixtures,
        mocks=kept.test_mocks,
        whole=kept.test_whole,
        makes=tuple(sorted({call.last for call in module.calls if call.new})[:MADE_LIMIT]),
    )
