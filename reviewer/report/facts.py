"""The linked facts of a repository as parts of the document."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model import document as doc
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.documents import SecretStanding
from reviewer.model.facts.repository import Database, NamedUse, RepositoryFacts
from reviewer.model.facts.routing import Operation
from reviewer.model.finding import Evidence
from reviewer.report.evidence import Writer
from reviewer.report.limits import Cut

AUTH_METHODS = {
    SignKind.TOKEN_ISSUED: "token",
    SignKind.TOKEN_VERIFIED: "token",
    SignKind.TOKEN_UNVERIFIED: "token",
    SignKind.PASSWORD_HASH: "password",
    SignKind.PASSWORD_WEAK: "password",
    SignKind.AUTH_GUARD: "guard",
}
"""The sign by which a way to authenticate shows itself."""
OPERATION_STYLES = ("graphql", "soap", "grpc")


def languages(facts: RepositoryFacts, cut: Cut) -> list[doc.LanguagePart]:
    """Languages by role."""
    found = [
        doc.LanguagePart(name=u.name, files=u.files, lines=u.lines, own_lines=u.own_lines, role=u.role, read=u.read)
        for u in facts.project.languages
    ]
    return cut.keep("languages", found)


def named(uses: Iterable[NamedUse], writer: Writer, cut: Cut) -> list[doc.NamedPart]:
    """Frameworks, data layers and content management systems."""
    found = (
        doc.NamedPart(name=u.name, version=u.version, evidence=writer.places(u.evidence), kind=u.kind) for u in uses
    )
    return cut.keep("frameworks", found)


def databases(found: Iterable[Database], writer: Writer, cut: Cut) -> list[doc.DatabasePart]:
    """Databases, told apart as used, used by tests, or named."""
    parts = (doc.DatabasePart(name=d.name, kind=d.kind, role=d.role, evidence=writer.places(d.evidence)) for d in found)
    return cut.keep("databases", parts)


def migrations(facts: RepositoryFacts, cut: Cut) -> list[doc.MigrationPart]:
    """Migration tools with the folder and number of their steps."""
    found = (doc.MigrationPart(tool=m.tool, path=m.path, steps=m.steps) for m in facts.data.migrations)
    return cut.keep("migrations", found)


def sql(facts: RepositoryFacts, writer: Writer, cut: Cut) -> doc.SqlPart:
    """Statements, tables and the places where a value gets into a statement unbound."""
    risks = [
        (place.path, place.fact.line, place.fact.end_line, place.fact.injection)
        for place in facts.data.statements
        if place.fact.injection
    ]
    kept = cut.keep("injection_risks", risks)
    lines = writer.all([Evidence(path=path, line=line, end_line=end) for path, line, end, _ in kept], limit=len(kept))
    return doc.SqlPart(
        statements=len(facts.data.statements),
        tables=cut.keep("tables", sorted({table.fact.name for table in facts.data.tables})),
        injection_risks=[
            doc.RiskPart(path=path, line=line, snippet=item.snippet, reason=reason)
            for (path, line, _, reason), item in zip(kept, lines, strict=True)
        ],
    )


def api(facts: RepositoryFacts, writer: Writer, cut: Cut) -> doc.ApiPart:
    """What the server answers to, and how far its description agrees."""
    endpoints = [
        doc.EndpointPart(
            method=e.method,
            path=e.path,
            file=e.file,
            line=e.line,
            framework=e.framework,
            kind=e.kind,
            tested=e.tested,
            authenticated=e.authenticated,
            url=writer.url(e.file, e.line),
        )
        for e in cut.keep("endpoints", facts.api.endpoints)
    ]
    drift = facts.api.drift
    graphql, soap, grpc = (cut.keep("operations", _operations(facts, style)) for style in OPERATION_STYLES)
    return doc.ApiPart(
        styles=list(facts.api.styles),
        endpoints=endpoints,
        graphql=graphql,
        soap=soap,
        grpc=grpc,
        spec=doc.SpecPart(
            path=drift.path,
            missing_in_spec=cut.keep("drift", drift.missing_in_spec),
            missing_in_code=cut.keep("drift", drift.missing_in_code),
        )
        if drift
        else None,
    )


def _operations(facts: RepositoryFacts, style: str) -> list[doc.OperationPart]:
    """Operations of one style: their kind starts with its name (``graphql query``) or belongs to it alone."""
    return [_operation(item) for item in facts.api.operations if _style(item.kind) == style]


def _operation(item: Operation) -> doc.OperationPart:
    return doc.OperationPart(kind=item.kind, name=item.name, file=item.file, line=item.line)


def _style(kind: str) -> str:
    lowered = kind.lower()
    named = next((style for style in OPERATION_STYLES if lowered.startswith(style)), None)
    if named:
        return named
    return "graphql" if lowered in ("query", "mutation", "subscription") else "grpc" if lowered == "rpc" else "soap"


def tests(facts: RepositoryFacts) -> doc.TestsPart:
    """Test cases in numbers."""
    found = facts.tests
    return doc.TestsPart(
        frameworks=[doc.TestFrameworkPart(name=use.name) for use in found.frameworks],
        files=len(found.files),
        functions=len(found.cases),
        without_assertion=sum(case.fact.assertions == 0 for case in found.cases),
        integration=bool(found.http or found.database or found.stock),
        database=bool(found.database),
    )


def ci(facts: RepositoryFacts, cut: Cut) -> list[doc.CiPart]:
    """CI configurations: do they run tests, do they deploy."""
    found = (
        doc.CiPart(
            system=place.fact.system,
            path=place.path,
            runs_tests=bool(place.fact.lines("test")),
            deploys=bool(place.fact.lines("deploy")),
        )
        for place in facts.operations.ci
    )
    return cut.keep("ci", found)


def containers(facts: RepositoryFacts, cut: Cut) -> doc.ContainersPart:
    """Dockerfiles and compose files."""
    paths = cut.keep("containers", sorted({place.path for place in facts.operations.containers}))
    return doc.ContainersPart(present=bool(paths), paths=paths)


def auth(facts: RepositoryFacts, writer: Writer) -> doc.AuthPart:
    """The ways to authenticate, with a first place for each."""
    first: dict[str, Evidence] = {}
    for place in facts.code.of(*AUTH_METHODS):
        sign = place.fact
        item = Evidence(path=place.path, line=sign.line, end_line=sign.end_line, note=sign.detail)
        first.setdefault(AUTH_METHODS[sign.kind], item)
    methods = sorted(first)
    return doc.AuthPart(methods=methods, evidence=[writer.one(first[method], with_lines=False) for method in methods])


def secrets(facts: RepositoryFacts, cut: Cut) -> list[doc.SecretPart]:
    """Where secrets lie and of what kind they are; those that look real first, never a value."""
    order = (SecretStanding.REAL, SecretStanding.HISTORY, SecretStanding.TEST, SecretStanding.PLACEHOLDER)
    found = [
        doc.SecretPart(
            path=place.fact.path or place.path,
            line=place.fact.line,
            kind=place.fact.kind,
            standing=place.fact.standing,
            commit=place.fact.commit,
        )
        for place in sorted(facts.secrets, key=lambda place: order.index(place.fact.standing))
    ]
    return cut.keep("secrets", found)


def docs(facts: RepositoryFacts, writer: Writer, cut: Cut) -> doc.DocsPart:
    """README quality (0..3), the API description, and the README's claims held against the code."""
    claims = (
        doc.ClaimPart(text=c.text, line=c.line, supported=c.supported, evidence=writer.places(c.evidence))
        for c in facts.documents.claims
    )
    return doc.DocsPart(
        readme=facts.documents.quality,
        openapi=next((place.path for place in facts.api.descriptions), None),
        claims=cut.keep("claims", claims),
    )
