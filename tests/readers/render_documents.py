"""What documents say as one short line each; the second half of render.py."""

from __future__ import annotations

from reviewer.model.facts.documents import Container, Document, Manifest

FLAGS_OF_CONTAINER = (
    "pinned",
    "slim",
    "non_root",
    "cached_layers",
    "copies_source",
    "starts",
    "healthcheck",
    "builds",
)


def render_document(document: Document | None) -> dict[str, list[str]]:
    """Every group of facts of a document; all of them empty without one."""
    found = document or Document()
    readme, manifest, ci = found.readme, found.manifest, found.ci
    return {
        "manifest": [
            " ".join(
                [manifest.ecosystem, *(["lock"] if manifest.lock else []), *([manifest.name] if manifest.name else [])]
            )
        ]
        if manifest
        else [],
        "dependencies": [
            f"{d.name} {d.version or '-'}{' dev' if d.dev else ''} @{d.line}"
            for d in (manifest.dependencies if manifest else ())
        ],
        "scripts": [f"{name}: {command}" for name, command in (manifest.scripts if manifest else {}).items()],
        "ci": [f"{ci.system}: {' '.join(ci.triggers)}{' gate' if ci.coverage_gate else ''}"] if ci else [],
        "steps": [f"{s.purpose}: {s.text} @{s.line}" for s in (ci.steps if ci else found.steps)],
        "container": [_container(found.container)] if found.container else [],
        "services": list(found.container.services if found.container else ()),
        "deployment": [f"{found.deployment.kind} @{found.deployment.line}"] if found.deployment else [],
        "api": [found.api.kind] if found.api else [],
        "api_operations": [f"{o.name} @{o.line}" for o in (found.api.operations if found.api else ())],
        "ignores": list(found.ignores),
        "notes": _notes(found),
        "readme": [
            f"quality={readme.quality}"
            + (" describes" if readme.describes else "")
            + (f" run@{readme.run_line}" if readme.run_line else "")
            + (f" template={readme.template}" if readme.template else "")
        ]
        if readme
        else [],
        "headings": list(readme.headings if readme else ()),
        "commands": [f"{c.text} @{c.line}" for c in (readme.commands if readme else ())],
        "claims": [f"{c.subject} @{c.line}" for c in (readme.claims if readme else ())],
        "api_lines": [str(line) for line in (readme.api_lines if readme else ())],
        "decision_lines": [str(line) for line in (readme.decision_lines if readme else ())],
    }


def _manifest(manifest: Manifest) -> str:
    return " ".join([manifest.ecosystem, *(["lock"] if manifest.lock else []), manifest.name or ""]).rstrip()


def _container(container: Container) -> str:
    flags = [name for name in FLAGS_OF_CONTAINER if getattr(container, name)]
    user = [f"user@{container.user_line}"] if container.user_line else []
    return " ".join([container.kind, *container.bases, *flags, *user])


def _notes(document: Document) -> list[str]:
    notes = [
        ("example env", document.example_env),
        ("changelog", document.changelog),
        ("decision record", document.decision_record),
        ("coverage threshold", document.coverage_threshold),
    ]
    named = [("updates", document.update_tool), ("lint", document.lint_config)]
    return [name for name, on in notes if on] + [f"{name}: {value}" for name, value in named if value]
