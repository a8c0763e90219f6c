"""Does code run or unpickle what comes from outside?"""

from __future__ import annotations

import re

from checks.api._endpoints import answering
from checks.security._paths import is_tool
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

STARTS = re.compile(
    r"process|command|popen|spawn|system|subprocess|shell|passthru|(?:^|\.)exec(?:File|Sync|FileSync|l|le|v|ve)?$|start$",
    re.IGNORECASE,
)
"""Calls that start another program, as programs for one user do for the one who runs them."""

MARKUP = "template.HTML"
"""A text that a template takes as it is; pages that were rendered before are given so."""
LIBRARY = re.compile(r"(?:^|/)[\w-]{1,40}\.js/")
"""Folders that are called as libraries are: ``protobuf.js/``."""

CHECK = Check(
    title_shown="No dangerous calls",
    title_not_shown="Dangerous calls beside routes",
    title_partly="A dangerous call away from the routes",
    looks_for="eval, exec, unsafe deserialisation and shells with text that is not constant.",
    why="One such call with a user's text in it is a way to take over the server.",
    advice="Parse the text instead of evaluating it; pass lists to subprocesses; load data as JSON.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No such call stands in server code; partly where one that evaluates text or loads objects stands away"
    " from the routes.",
    does_not_count="Constant commands, scripts, command lines, methods and imported names of the same name"
    " (RegExp.exec, a class called Function); other programs that are started where nothing is served;"
    " files of tools and hidden folders.",
    computed="Calls of known names (eval, exec, pickle.loads, yaml.load, os.system, child_process.exec and their like"
    " in each language) count where an argument is not a constant. A file that also declares routes or their handlers"
    " makes it not shown; elsewhere in the server it is partly where text is evaluated or loaded, and nothing is said"
    " where another program is started.",
    limits="Whether text of a request reaches the call is not followed, and neither are values through several"
    " functions. Template engines are looked at for Python alone.",
    links=(
        "https://owasp.org/www-community/attacks/Code_Injection",
        "https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html",
    ),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
    before="os.system('convert ' + request.args['file'] + ' out.png')",
    pattern="name = secure_filename(request.args['file'])\n"
    "subprocess.run(['convert', UPLOADS / name, 'out.png'], check=True)",
)


def run(code: Code, api: Api) -> Verdict:
    """Dangerous calls: in files that handle requests, and elsewhere in the server."""
    tools = {file.path for file in code.modules if is_tool(file)}
    server = {file.path for file in code.modules} - tools
    called = (item for item in code.of(SignKind.DANGEROUS_CALL) if item.path in server)
    found = [item for item in called if not LIBRARY.search(item.path[:300])]
    handling = {item.file for item in api.endpoints} | {item.handler.path for item in api.endpoints if item.handler}
    served = bool(api.endpoints or api.operations)
    if not served:
        found = [item for item in found if not _starts(item)]
    near = [item for item in found if item.path in handling]
    if near:
        return not_shown(f"{count(len(near), 'dangerous call')} beside routes: {_names(near)}.", _places(near), LIKELY)
    where = "server code" if served else "the code"
    evaluating = [item for item in found if not _starts(item) and item.fact.detail != MARKUP]
    if evaluating:
        summary = f"{count(len(evaluating), 'dangerous call')} in {where}: {_names(evaluating)}."
        return partly(f"{summary} Whether a request's text gets there was not followed.", _places(evaluating), LIKELY)
    if found:
        said = f"{_names(found)} in {where} take text that is not constant"
        return could_not_tell(f"{said}; whether a request's text gets there was not followed.")
    endpoints = answering(api)
    if not endpoints:
        return not_applicable("No request reaches this code.")
    return shown(f"None in {count(len(server), 'module')} of the server.", evidence(endpoints[:2], "takes requests"))


def _starts(item: At[Sign]) -> bool:
    """Whether another program is started; Python's ``exec`` runs code."""
    evaluates = item.path.endswith(".py") and item.fact.detail == "exec"
    return not evaluates and bool(STARTS.search(item.fact.detail[:100]))


def _names(found: list[At[Sign]]) -> str:
    return ", ".join(sorted({item.fact.detail for item in found})[:4])


def _places(found: list[At[Sign]]) -> tuple[Evidence, ...]:
    return evidence(found[:6], "runs or loads text that is not constant")
