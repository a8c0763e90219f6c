"""Input that Java and Kotlin check before they use it."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.jvm._annotations import name_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.jvm._jvm import JVM, has
from reviewer.gather.signs.jvm.status import statuses
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

BEAN = "Jakarta Validation"
MODULES = ("jakarta.validation", "javax.validation", "org.hibernate.validator", "org.springframework.validation",
           "io.micronaut.validation")  # fmt: skip
ASKING = frozenset({"Valid", "Validated"})
CONSTRAINTS = words(
    "NotNull NotBlank NotEmpty Size Min Max Email Pattern Positive PositiveOrZero Negative Past Future PastOrPresent"
    " FutureOrPresent Digits DecimalMin DecimalMax Length Range URL AssertTrue AssertFalse Null"
)
VALIDATORS = frozenset({"io.konform.validation", "am.ik.yavi", "com.networknt.schema", "org.valiktor"})
LENS_FAILURE = "CatchLensFailure"
"""http4k's filter that answers 400 where a lens cannot read a body or parameter."""
READS_REQUEST = re.compile(
    r"@RequestBody|@RequestParam|@PathVariable|getParameter\(|ctx\.body|bodyAsClass|@QueryParam|receive<"
)
ENTITY = ("Entity", "Table", "Document", "MappedSuperclass", "Embeddable")


def read(module: Module, kept: Kept) -> None:
    """Bean validation on parameters and classes, binding results, validators by name, and checks by hand."""
    look = look_at(module)
    if look.imports(*MODULES):
        _parameters(look, kept)
        _classes(look, kept)
    for call in module.calls:
        if call.last == LENS_FAILURE and look.imports("org.http4k"):
            keep(kept, look, SignKind.VALIDATION, call, "http4k lenses")
    for library in VALIDATORS:
        if look.imports(library):
            for call in module.calls:
                if call.last.lower().startswith("validat"):
                    keep(kept, look, SignKind.VALIDATION, call, library)
                    break
    keep_refusals(look, kept, statuses(look), READS_REQUEST)


def _parameters(look: Look, kept: Kept) -> None:
    """Methods whose parameters are asked to be valid."""
    for function in look.module.functions:
        if "bodyless" in function.modifiers:
            continue
        for parameter in function.parameters:
            if any(name_of(item) in ASKING or name_of(item) in CONSTRAINTS for item in parameter.decorators):
                keep(kept, look, SignKind.VALIDATION, function, BEAN, function.index)
                break


def _classes(look: Look, kept: Kept) -> None:
    """Classes whose fields carry constraints; those of entities are the database's."""
    for owner in look.module.classes:
        if has(owner.decorators, *ENTITY):
            continue
        fields = look.module.fields_of(owner)
        if any(name_of(item).removeprefix("field:") in CONSTRAINTS for field in fields for item in field.decorators):
            keep(kept, look, SignKind.VALIDATION, owner, BEAN, -1)


VALIDATION_JVM = Reader(name="validation (Java, Kotlin)", languages=JVM, read=read)
