"""Does code run or unpickle what comes from outside?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="No dangerous calls",
    title_not_shown="Dangerous calls",
    looks_for="eval, exec, unsafe deserialisation and shells with text that is not constant.",
    why="One such call with a user's text in it is a way to take over the server.",
    advice="Parse the text instead of evaluating it; pass lists to subprocesses; load data as JSON.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No such call stands in own code.",
    does_not_count="Constant commands, methods that share a name (a regular expression's exec).",
    links=("https://owasp.org/www-community/attacks/Code_Injection",),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Dangerous calls."""
    found = code.of(SignKind.DANGEROUS_CALL)
    if found:
        names = ", ".join(sorted({item.fact.detail for item in found}))
        return not_shown(f"{count(len(found), 'dangerous call')}: {names}.", evidence(found[:6], "dangerous call"))
    if not code.functions:
        return not_applicable("There is no server code of the candidate's own.")
    return shown(f"None in {count(len(code.modules), 'module')}.")
