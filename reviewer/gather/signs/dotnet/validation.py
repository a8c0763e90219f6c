"""Input that is checked before it is used: data annotations, FluentValidation, the state of the model."""

from __future__ import annotations

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, attribute_name
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

ANNOTATIONS = words(
    "Required StringLength MaxLength MinLength Range EmailAddress RegularExpression Phone Url Compare CreditCard"
    " Length AllowedValues DeniedValues FileExtensions"
)
MAPPING = words("Table Key ForeignKey DatabaseGenerated InverseProperty Keyless Owned")
"""Attributes of entities: what stands beside them describes a column."""
CHECKS = words("Validate ValidateAsync ValidateAndThrow ValidateAndThrowAsync")


def read(module: Module, kept: Kept) -> None:
    """One sign for each class whose members carry rules, and one for each place that asks."""
    look = look_at(module)
    _rules(look, kept)
    fluent = any(item.module.startswith("FluentValidation") for item in module.imports)
    for call in module.calls:
        if call.last in CHECKS and fluent and call.args:
            keep(kept, look, SignKind.VALIDATION, call, "FluentValidation")
        elif call.name in ("Validator.ValidateObject", "Validator.TryValidateObject", "TryValidateModel"):
            keep(kept, look, SignKind.VALIDATION, call, "data annotations")
    for number, line in enumerate(look.lines, 1):
        if "ModelState.IsValid" in line[:400]:
            keep(kept, look, SignKind.VALIDATION, Name("", number), "ModelState", -1)


def _rules(look: Look, kept: Kept) -> None:
    """Annotated members of what is no entity, and annotated parameters."""
    module = look.module
    mapped = {item.owner for item in module.assignments if any(attribute_name(d) in MAPPING for d in item.decorators)}
    mapped |= {owner.index for owner in module.classes if any(attribute_name(d) in MAPPING for d in owner.decorators)}
    told = set(mapped)
    for item in module.assignments:
        if item.owner not in told and any(attribute_name(d) in ANNOTATIONS for d in item.decorators):
            told.add(item.owner)
            keep(kept, look, SignKind.VALIDATION, module.classes[item.owner], "data annotations", -1)
    for function in module.functions:
        if any(
            attribute_name(item) in ANNOTATIONS for parameter in function.parameters for item in parameter.decorators
        ):
            keep(kept, look, SignKind.VALIDATION, function, "data annotations", function.index)


VALIDATION_DOTNET = Reader(name="validation (C#)", languages=CSHARP, read=read)
