"""Libraries of Java and Kotlin that work by being declared: what their presence among the dependencies is a sign of."""

from __future__ import annotations

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

LIBRARIES: tuple[tuple[str, SignKind, str], ...] = (
    ("spring-boot-starter-actuator", SignKind.HEALTH, "Spring Boot Actuator"),
    ("quarkus-smallrye-health", SignKind.HEALTH, "SmallRye Health"),
    ("micronaut-management", SignKind.HEALTH, "Micronaut Management"),
    ("micrometer-registry-", SignKind.METRICS, "Micrometer"),
    ("quarkus-micrometer", SignKind.METRICS, "Micrometer"),
    ("quarkus-opentelemetry", SignKind.METRICS, "OpenTelemetry"),
    ("opentelemetry-spring-boot-starter", SignKind.METRICS, "OpenTelemetry"),
    ("sentry-spring-boot", SignKind.METRICS, "Sentry"),
    ("springdoc-openapi-", SignKind.SPEC_GENERATOR, "springdoc"),
    ("springfox-boot-starter", SignKind.SPEC_GENERATOR, "springfox"),
    ("quarkus-smallrye-openapi", SignKind.SPEC_GENERATOR, "SmallRye OpenAPI"),
    ("micronaut-openapi", SignKind.SPEC_GENERATOR, "Micronaut OpenAPI"),
    ("knife4j-", SignKind.SPEC_GENERATOR, "Knife4j"),
    ("bucket4j-spring-boot-starter", SignKind.RATE_LIMIT, "Bucket4j"),
)
"""Artifacts, or how they begin."""


def read_signs(_source: str, base: FileFacts) -> FileFacts:
    """The facts of a manifest with a sign for each library, once."""
    manifest = base.document.manifest if base.document else None
    if manifest is None:
        return base
    found: dict[tuple[SignKind, str], Sign] = {}
    for item in manifest.dependencies:
        artifact = item.name.rpartition(":")[2]
        for name, kind, label in LIBRARIES:
            if not item.dev and (artifact == name or (name.endswith("-") and artifact.startswith(name))):
                sign = Sign(kind=kind, line=item.line, end_line=item.line, detail=label)
                found.setdefault((kind, label), sign)
    return msgspec.structs.replace(base, signs=(*base.signs, *found.values())) if found else base


SIGNS_OF_DEPENDENCIES = DocumentReader("jvm-dependency-signs", ("maven", "gradle", "gradle-catalog"), read_signs)
