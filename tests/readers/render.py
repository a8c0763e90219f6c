"""Facts as one short line each, so that a case reads as a specification."""

from __future__ import annotations

from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.values import Ref, Value
from tests.readers.render_documents import render_document


def value(parts: Value) -> str:
    return "".join(
        part if isinstance(part, str) else f"<{part.name}>" for part in parts if isinstance(part, (str, Ref))
    )


def render(facts: FileFacts) -> dict[str, list[str]]:
    """Every group of facts as lines; a case's ``expect`` names the groups it cares for and gives them whole."""
    routing, tests = facts.routing, facts.tests
    return {
        "functions": [
            f"{f.qualname} cc={f.complexity} nest={f.nesting} @{f.line}-{f.end_line}" for f in facts.functions
        ],
        "catches": [f"{','.join(c.types) or 'bare'} {c.does} @{c.line}" for c in facts.catches],
        "imports": [f"{i.module}:{i.name or ''} as {i.alias}" for i in facts.imports],
        "exports": [f"{e.name}={e.local}" + (f" from {e.module}" if e.module else "") for e in facts.exports],
        "classes": [f"{c.name}({', '.join(c.bases)}): {' '.join(c.methods)}".rstrip() for c in facts.classes],
        "constants": [f"{c.name}={value(c.value)}" for c in facts.constants],
        "signs": [f"{s.kind} {s.detail} @{s.line}" for s in facts.signs if s.kind not in ("hint", "framework-part")],
        "framework_parts": [f"{s.detail} @{s.line}" for s in facts.signs if s.kind == "framework-part"],
        "hints": [f"{s.detail} @{s.line}" for s in facts.signs if s.kind == "hint"],
        "nosql_injections": [f"{s.detail} @{s.line}" for s in facts.signs if s.kind == "nosql-injection"],
        "routers": [
            f"{r.symbol} {r.framework}{' root' if r.root else ''} {value(r.prefix)}".rstrip()
            for r in (routing.routers if routing else ())
        ],
        "routes": [
            f"{'|'.join(r.methods) or '?'} {value(r.path)} on {r.router} -> {r.handler} @{r.line}"
            + (" page" if r.page else "")
            + (" implicit" if r.implicit else "")
            for r in (routing.routes if routing else ())
        ],
        "views": [
            f"{v.symbol} {'|'.join(v.methods) or '?'}"
            + (f" {'detail' if v.detail else 'list'} {value(v.path)}" if v.path else "")
            + (" page" if v.page else "")
            + (f" [{', '.join(v.guards)}]" if v.guards else "")
            for v in (routing.views if routing else ())
        ],
        "guards": [f"{value(r.path)}: {', '.join(r.guards)}" for r in (routing.routes if routing else ()) if r.guards],
        "mounts": [
            f"{m.parent} <- {m.folder + '/*' if m.folder else m.child} {value(m.prefix)}".rstrip()
            + (" by path" if m.by_path else "")
            for m in (routing.mounts if routing else ())
        ],
        "operations": [f"{o.kind} {o.name} @{o.line}" for o in facts.operations],
        "statements": [
            f"{s.verb} {','.join(s.tables)} [{' '.join(sorted(s.features))}]"
            + (" bound" if s.bound else " unbound" if s.bound is False else "")
            + (" INJECTION" if s.injection else "")
            + (" in-loop" if s.in_loop else "")
            + f" {s.layer} @{s.line}"
            for s in facts.statements
        ],
        "filters": [f"{','.join(s.filters)} @{s.line}" for s in facts.statements],
        "routines": [f"{s.function} @{s.line}" for s in facts.statements if s.function],
        "injections": [f"{s.injection} @{s.line}" for s in facts.statements if s.injection],
        "many": [f"{s.many} @{s.line}" for s in facts.statements],
        "tables": [
            f"{t.name}({', '.join(_column(c) for c in t.columns)})"
            + "".join(f" index({', '.join(i)})" for i in t.indexes)
            + f" {t.source} @{t.line}"
            for t in facts.tables
        ],
        "data": [f"{d.name} {d.kind} {d.how} @{d.line}{' tests' if d.tests else ''}" for d in facts.data],
        "migration": [facts.migration.tool + (" set up" if facts.migration.setup else "")] if facts.migration else [],
        "cases": [
            f"{c.name} asserts={c.assertions}"
            + (f" vacuous={c.vacuous}" if c.vacuous else "")
            + (" negative" if c.negative else "")
            + (" skipped" if c.skipped else "")
            + (" sleeps" if c.sleeps else "")
            + (" network" if c.real_network else "")
            + (" stock" if c.stock else "")
            + f" {c.framework} @{c.line}"
            for c in (tests.cases if tests else ())
        ],
        "requests": [f"{r.method} {value(r.path)} @{r.line}" for r in (tests.requests if tests else ())],
        "libraries": list(tests.libraries if tests else ()),
        "test_flags": [
            name for name in ("database", "fixtures", "mocks") if tests is not None and getattr(tests, name)
        ],
        "secrets": [f"{s.kind} {s.standing} @{s.line}" for s in facts.secrets],
        "problems": list(facts.problems),
        "generated": ["yes"] if facts.generated else [],
        **render_document(facts.document),
    }


def _column(column: object) -> str:
    from reviewer.model.facts.data import Column

    assert isinstance(column, Column)
    marks = [
        name
        for name, on in (
            ("pk", column.primary),
            ("not-null", not column.nullable and not column.primary),
            ("unique", column.unique),
            ("indexed", column.indexed),
            ("check", column.checked),
        )
        if on
    ]
    return " ".join([column.name, *marks, *([f"->{column.references}"] if column.references else [])])
