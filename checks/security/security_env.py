"""Does configuration come from the environment?"""

from __future__ import annotations

import re

from checks.security._paths import is_build_file, is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.repository import Code, Documents, Operations, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

ABOUT = re.compile(r"environment|\benv\b|\.env|variables|configuration|configure|settings", re.IGNORECASE)
CLIENTS = re.compile(r"(?:^|/)(?:(?:[\w.]{1,60}[-_])?(?:frontend|front-end|client|ui|mobile)|web|www)/", re.IGNORECASE)
"""Folders of clients, whose settings are public in any case."""
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*\Z")
"""How variables of the environment are named; ``jwt.secret`` and ``AuthOptions`` are names in a settings file."""
USUAL = frozenset(
    "PORT HOST NODE_ENV ENV APP_ENV RAILS_ENV RACK_ENV FLASK_ENV FLASK_APP DEBUG HOME PATH USER PWD TZ CI LANG SHELL"
    " HOSTNAME USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA COMPUTERNAME USERNAME TEMP TMP TMPDIR JAVA_HOME GIN_MODE"
    " DJANGO_SETTINGS_MODULE BUNDLE_GEMFILE AWS_REGION AWS_DEFAULT_REGION CDK_DEFAULT_ACCOUNT CDK_DEFAULT_REGION"
    " AWS_LAMBDA_FUNCTION_NAME LAMBDA_TASK_ROOT DYNO VERCEL VERCEL_URL VERCEL_ENV NEXT_RUNTIME WEB_CONCURRENCY"
    " RAILS_MAX_THREADS RAILS_LOG_LEVEL RAILS_LOG_TO_STDOUT RAILS_SERVE_STATIC_FILES PIDFILE ASPNETCORE_ENVIRONMENT"
    " DOTNET_ENVIRONMENT ASPNETCORE_URLS IS_OFFLINE NODE_APP_INSTANCE PYTHONPATH XDG_CONFIG_HOME TERM COLORTERM".split()
)
"""Variables that a platform sets by itself, or that everybody knows."""
STANDARD = ("OTEL_",)
"""How variables begin that a standard names."""
SETTINGS_FILE = re.compile(r"\.(?:ya?ml|properties|conf|toml|json|xml|ini|neon)$")
TESTS = re.compile(r"(?:^|/)\w{0,20}tests?/", re.IGNORECASE)
"""Folders of tests: ``longtests/``."""
LOCAL_KEY = re.compile(r"(?:^|[/._-])(?:localhost|local|self-?signed|snakeoil|dummy)(?:[/._-]|$)", re.IGNORECASE)
"""Names of keys for the machine of a developer."""
NO_SETTING = frozenset({"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PATH", "HOME", "PWD"})
"""Variables that say where programs lie."""
NOT_OWN = re.compile(r"(?:^|/)(?:node_modules|vendor|site-packages|bin/Debug|obj|target|build|dist)/")
FEW = 3
"""Variables from which on an example is asked for."""
NAMING = re.compile(
    r"(?:.*/)?(?:[\w-]{1,40}\.env|\.env\.[\w.-]{1,40}"
    r"|(?:sample|example|template|default|dist)[._-]?\.?env(?:\.txt)?|dot[._-]?env(?:[._-]\w{1,20})?|env\.txt"
    r"|(?:application|local_env)(?:[._-](?:sample|example))?\.ya?ml[._-](?:sample|example|template|dist)"
    r"|(?:application|local_env)[._-](?:sample|example|template)\.ya?ml)",
    re.IGNORECASE,
)
"""Files of variables beside ``.env`` itself: of other stages, and patterns under other names."""
HOSTED = re.compile(
    r"(?:.*/)?(?:\.envs/.{1,60}|serverless[\w.-]{0,20}\.(?:ts|js|ya?ml|json)|[\w-]{1,40}\.tf|cdk\.json)"
)
GIVING = frozenset(
    {"Serverless Framework", "AWS SAM", "Kubernetes", "Terraform", "Render", "Google App Engine", "Helm"}
)
"""Files of hosts that give a program its variables, by their paths and by their kinds."""
FILE_READERS = frozenset({"nconf", "convict", "config", "github.com/spf13/viper", "github.com/knadh/koanf/v2"})
"""Libraries that read settings from files and from the environment alike."""
READ_FILE = re.compile(r"(?:.*/)?(?:[\w-]{0,20}config[\w.-]{0,20}|(?:config|conf)/[\w.-]{1,40})\.(?:json5?|ya?ml|toml)")
"""Files of settings that such libraries read."""
COMMITTED = "a committed .env"
NAMES_A_MODE = 40
"""Bytes below which a .env may say no more than ``NODE_ENV=local``."""
OWN_DOTENV = frozenset({"Symfony"})
"""Frameworks whose convention is to commit a .env of defaults, with the real values in .env.local."""

CHECK = Check(
    title_shown="Configuration comes from the environment",
    title_not_shown="Secrets are written in files of the repository",
    title_partly="Configuration comes from the environment in part",
    looks_for="Settings read from environment variables, an example file, no committed .env, no secret in the code.",
    why="The same build must run on a laptop and in production, and secrets must not be in it.",
    advice="Read the listed settings from the environment, commit a .env.example and ignore .env.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Settings are read from the environment and named in an example, in a document, a compose file, a"
    " Dockerfile or a settings file with placeholders, or are one or two variables alone; no .env is committed.",
    does_not_count="Settings files of the framework as such, those of development and tests, .env files and code of a"
    " client, Symfony's .env of defaults, a .env that is empty, only names a mode or has words in place of each secret,"
    " passwords of a local database,"
    " variables of the platform (PORT, NODE_ENV), keys of localhost and copies of what lies"
    " among tests, names of cookies and headers, hashes of passwords, a literal that another class of the file, for"
    " production, reads from the environment instead.",
    computed="Reads of environment variables are counted by name over the parsed server code and its settings files."
    " Against it stand literals given to names of secrets, values that look like real secrets (see commits-secrets) and"
    " committed .env files. Any of these makes it partly, and not shown where nothing is read from the environment"
    " and there is more than a .env without a secret that looks real.",
    limits="A wrapper that reads variables by a computed name is not followed. Sections of appsettings.json and Spring"
    " properties can be overridden by the environment; they are not counted as read from it. Where a host's file"
    " (serverless.yml, Terraform, Kubernetes) may name the variables, nothing is said of a missing example.",
    links=("https://12factor.net/config",),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
    before="const db = connect('postgres://shop.internal/shop', { password: literal });",
    pattern="const db = connect(process.env.DATABASE_URL);\n\n# .env.example\nDATABASE_URL=",
)


def run(
    code: Code, documents: Documents, project: Project, operations: Operations, secrets: tuple[At[Secret], ...]
) -> Verdict:
    """Reads from the environment, literals, and .env files."""
    told = _reads(code)
    reads = [item for item in told if VARIABLE.match(item.fact.detail)]
    faults = _faults(code, project, secrets)
    if not told and not faults:
        return not_applicable("Nothing that would come from the environment.")
    if faults:
        return _against(reads or _in_lower_case(code, told), faults, secrets)
    summary = f"{count(len(reads or told), 'setting')} read from {'the environment' if reads else 'settings'}"
    reads_first = sorted(reads, key=lambda item: item.fact.detail in USUAL)
    first = evidence((reads_first or told)[:2], "read from the environment" if reads else "read from settings")
    example = [item.path for item in documents.others if item.fact.example_env] + _named_in_files(project, secrets)
    asked = (item for item in reads if not item.fact.detail.startswith(STANDARD))
    unnamed = [item for item in asked if item.fact.detail not in USUAL and not SETTINGS_FILE.search(item.path)]
    if example or _named_in_documents(documents, unnamed or reads):
        places = [Evidence(path=path, line=1, end_line=1, note="names them") for path in example[:1]]
        return shown(f"{summary}, and an example names them.", [*first, *places])
    if not unnamed and _in_files(told):
        return shown(f"{summary}; the settings file names them.", first, LIKELY)
    if len(unnamed) < FEW:
        return _few(first)
    beside = _beside(code, project, operations)
    if beside:
        return could_not_tell(f"{summary}; {beside} may name them.")
    read = evidence(unnamed[:3], "read from the environment")
    return partly(f"{summary}; no example file names them.", read, LIKELY, at=".env.example")


def _named_in_files(project: Project, secrets: tuple[At[Secret], ...]) -> list[str]:
    """Files of variables that are committed as a pattern: for other stages, or with words in place of the secrets."""
    paths = (file.path for file in project.files if not CLIENTS.search(file.path[:300]))
    return [path for path in paths if NAMING.fullmatch(path)] + sorted(_patterns(secrets))


def _patterns(secrets: tuple[At[Secret], ...]) -> set[str]:
    """The .env files in which words stand in place of every secret: ``SECRET_KEY=<your-key>``, ``changethis``."""
    files = [item for item in secrets if item.path.rpartition("/")[2] == ".env"]
    others = {item.path for item in files if item.fact.standing is not SecretStanding.PLACEHOLDER}
    return {item.path for item in files} - others


def _beside(code: Code, project: Project, operations: Operations) -> str:
    """What may name the variables and is not read for it: a host's file, a file of settings that a library reads."""
    hosts = (item.path for item in operations.deployments if item.fact.kind in GIVING)
    paths = [file.path for file in project.files if len(file.path) < 300]
    given = next(hosts, None) or next((path for path in paths if HOSTED.fullmatch(path)), None)
    if given is None and any(item.fact.module in FILE_READERS for item in code.imports):
        given = next((path for path in paths if READ_FILE.fullmatch(path)), None)
    return given or ""


def _against(reads: list[At[Sign]], faults: list[Evidence], secrets: tuple[At[Secret], ...]) -> Verdict:
    """Secrets that stand in files, beside what is read; a .env that holds none that looks real is less than that."""
    against = f"{count(len(faults), 'place')} against it"
    real = {item.path for item in secrets if item.fact.standing is SecretStanding.REAL}
    if not reads and all(item.note == COMMITTED and item.path not in real for item in faults):
        return partly("A .env without a secret that looks real is committed.", faults, LIKELY)
    if not reads:
        return not_shown(f"No variable of the environment is read by name; {against}.", faults, LIKELY)
    first = sorted(reads, key=lambda item: item.fact.detail in USUAL)[:1]
    summary = f"{count(len(reads), 'setting')} read from the environment; {against}."
    return partly(summary, [*faults[:5], *evidence(first, "read from the environment")])


def _in_lower_case(code: Code, told: list[At[Sign]]) -> list[At[Sign]]:
    """Settings in lower case that a call reads from the environment itself (``os.getenv("db_host")``)."""
    places = {(item.path, item.fact.line) for item in code.of(SignKind.HINT) if item.fact.detail == "variable"}
    return [item for item in told if (item.path, item.fact.line) in places]


def _few(first: tuple[Evidence, ...]) -> Verdict:
    """Only what a platform sets, or settings by names of the framework."""
    return shown("What is configured comes from outside, and nothing of it needs an example.", first, LIKELY)


def _in_files(told: list[At[Sign]]) -> bool:
    return any(SETTINGS_FILE.search(item.path) for item in told)


def _reads(code: Code) -> list[At[Sign]]:
    """Each setting once, where the server reads it first."""
    clients = set(code.clients)
    found = [
        item
        for item in code.of(SignKind.ENV_READ)
        if item.fact.detail not in NO_SETTING
        and item.path not in clients
        and not is_build_file(item.path)
        and not is_development(item.path)
    ]
    return list({item.fact.detail: item for item in reversed(found)}.values())[::-1]


def _faults(code: Code, project: Project, secrets: tuple[At[Secret], ...]) -> list[Evidence]:
    """Secrets in the code, and committed .env files of the server; each line once."""
    clients = set(code.clients)
    hard = [item for item in code.of(SignKind.SECRET_LITERAL) if item.fact.detail != "default"]
    hard = [item for item in hard if not is_development(item.path) and item.path not in clients]
    real = _real(project, [item for item in secrets if item.path not in clients])
    env = (
        []
        if any(use.name in OWN_DOTENV for use in project.frameworks)
        else [path for path in _dotenv(project, {item.path for item in secrets}) if path not in _patterns(secrets)]
    )
    told = {(item.path, item.fact.line) for item in hard}
    lines = [item for item in real if item.path not in env and (item.path, item.fact.line) not in told]
    return [
        *evidence([*hard, *lines], "a secret in a file"),
        *(Evidence(path=path, note=COMMITTED) for path in env),
    ]


def _real(project: Project, secrets: list[At[Secret]]) -> list[At[Secret]]:
    """The secrets that look real, each content once: a copy of what lies among tests is made for them."""
    contents = {file.path: file.oid or file.path for file in project.files}
    tried = {contents.get(item.path) for item in secrets if TESTS.search(item.path[:300])}
    found: dict[tuple[str, int], At[Secret]] = {}
    for item in secrets:
        key = (contents.get(item.path, item.path), item.fact.line)
        local = is_development(item.path) or (item.fact.kind == "private key" and LOCAL_KEY.search(item.path[:300]))
        if item.fact.standing is SecretStanding.REAL and key[0] not in tried and not local:
            found.setdefault(key, item)
    return list(found.values())


def _dotenv(project: Project, telling: set[str]) -> list[str]:
    """The committed .env files of the server; a short one without any secret only names a mode."""
    files = [file for file in project.files if file.path.rpartition("/")[2] == ".env"]
    paths = [file.path for file in files if file.size >= NAMES_A_MODE or file.path in telling]
    return [
        path for path in paths if not (CLIENTS.search(path[:300]) or NOT_OWN.search(path) or is_development(path[:-4]))
    ]


def _named_in_documents(documents: Documents, reads: list[At[Sign]]) -> bool:
    """Whether a README, another document or a compose file names one of the variables."""
    names = {item.fact.detail for item in reads}
    told = [item.fact.variables for item in documents.readmes]
    told += [item.fact.prose.variables for item in documents.others if item.fact.prose]
    told += [item.fact.container.variables for item in documents.others if item.fact.container]
    if any(not names.isdisjoint(item) for item in told):
        return True
    readme = documents.readme
    if readme is None:
        return False
    named = any(item.fact.detail in command.text for item in reads[:20] for command in readme.fact.commands)
    return named or any(ABOUT.search(heading[:100]) for heading in readme.fact.headings)
