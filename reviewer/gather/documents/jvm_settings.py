"""Settings of programs on the JVM (properties, YAML, HOCON): prefixes of all routes, and other signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reviewer.gather.documents._micronaut_rules import INTERCEPT, intercepted, pattern_of
from reviewer.gather.documents._routing import with_routing
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute, Sign, SignKind
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

TEXT_LIMIT = 200_000
LINE_LIMIT = 1_000
KEEP_MOST = 200
APPLICATION = re.compile(
    r"^[ \t]*(?:(?:spring|server|management|quarkus|micronaut|springdoc|mp\.\w+)(?:[.:]|\.[\w.-]{1,80}[ \t]*[:=])"
    r"|(?:ktor|play)(?:[.:]|[ \t]*\{))",
    re.MULTILINE,
)
PATHS = re.compile(r"^[ \t]*[\w.-]{1,120}[ \t]*[=:][ \t]*[\"']?/\w", re.MULTILINE)
KEY = re.compile(r"([ \t]*)(?:- )?[\"']?([%\w.\[\]-]{1,120})[\"']?[ \t]*[:=](.*)")
BLOCK = re.compile(r"([ \t]*)([\w.-]{1,120})[ \t]*[:=]?[ \t]*\{\Z")
"""``deployment {`` of HOCON."""
VARIABLE = re.compile(r"\$\{\??([A-Z][A-Z0-9_]{1,60})(?::([^{}]*))?\}")
SECRET = re.compile(r"(?:jwt|token|signing)[\w.-]{0,30}key$|secret(?:[._-]?key)?$", re.IGNORECASE)
STANDS_IN = re.compile(r"your|<|\*\*|change|example|placeholder|xxx", re.IGNORECASE)
PLACED = re.compile(
    r"(?:classpath\*?|file|https?|vault|keystore):|/|\.\.?/|[\w/.-]{1,100}\.(?:pem|key|pub|der|jks|p12|crt)\Z"
)
"""Values that say where a key lies."""
NAMES = re.compile(r"(?:[a-z]{1,20}[_-]){0,2}(?:token|cookie|header|session)|authorization", re.IGNORECASE)
"""Values under which a cookie or a header keeps a token: ``access_token``."""
SECRET_SHORTEST = 6
WHOLE = re.compile(r"\$\{[\w.-]{1,80}(?::([^{}]*))?\}")
PROFILE = re.compile(r"spring\.(?:config\.activate\.on-profile|profiles)$")
PATH_KEY = re.compile(r"path|prefix|url|base|version|uri|endpoint", re.IGNORECASE)
PATH_VALUE = re.compile(r"(?!\$)/?[\w./{}$:*-]{0,100}")

MVC, FLUX, JAX_RS, MICRONAUT, KTOR, PLAY = "Spring MVC", "Spring WebFlux", "Jakarta REST", "Micronaut", "Ktor", "Play"
PREFIXES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        MVC,
        (
            ("server.servlet.contextpath", "server.contextpath", "spring.webflux.basepath"),
            ("spring.mvc.servlet.path", "server.servlet.path"),
        ),
    ),
    (FLUX, (("spring.webflux.basepath",),)),
    (
        JAX_RS,
        (
            ("quarkus.http.rootpath", "server.applicationcontextpath"),
            (
                "quarkus.rest.path",
                "quarkus.resteasy.path",
                "quarkus.resteasyreactive.path",
                "spring.jersey.applicationpath",
                "server.rootpath",
            ),
        ),
    ),
    (MICRONAUT, (("micronaut.server.contextpath",),)),
    (KTOR, (("ktor.deployment.rootpath",),)),
    (PLAY, (("play.http.context", "application.context"),)),
)
"""The settings whose values stand before every route of a framework, in order; written without hyphens."""
PORT = "server.port"
ACTUATOR, BOOT = "Spring Boot Actuator", "Spring Boot"
EXPOSED = "management.endpoints.web.exposure.include"
ACTUATOR_PATH = "management.endpoints.web.basepath"
ON = r"(?!(?:false|off|none)$)."
"""A value that does not switch off what its key names."""
SIGNS: tuple[tuple[str, str, SignKind, str], ...] = (
    (r"management\.(?:endpoint|endpoints|health)\b", ON, SignKind.HEALTH, ACTUATOR),
    (r"quarkus\.smallryehealth\b", ON, SignKind.HEALTH, "SmallRye Health"),
    (r"management\.(?:metrics|prometheus|tracing|otlp)\b", ON, SignKind.METRICS, "Micrometer"),
    (r"quarkus\.micrometer\b", ON, SignKind.METRICS, "Micrometer"),
    (r"server\.shutdown$", r"graceful$", SignKind.GRACEFUL_STOP, "server.shutdown=graceful"),
    (r"quarkus\.shutdown\.timeout$", r"\S", SignKind.GRACEFUL_STOP, "quarkus.shutdown.timeout"),
    (r"server\.error\.includestacktrace$", r"always$", SignKind.ERROR_LEAK, "server.error.include-stacktrace=always"),
    (r"debug$", r"true$", SignKind.DEBUG_ON, "debug=true"),
    (r"(?:spring\.(?:servlet|http)\.multipart\.max\w+|server\.tomcat\.maxhttp\w+|server\.maxhttp\w+)$", r"[^-]",
     SignKind.BODY_LIMIT, ""),
    (r"quarkus\.http\.limits\.maxbodysize$", r"\S", SignKind.BODY_LIMIT, ""),
    (r"spring\.cache\.(?:type|caffeine\.spec|redis\.timetolive)$", r"(?!none|simple)\S", SignKind.CACHE, ""),
    (r"spring\.datasource\.hikari\.max\w*$|quarkus\.datasource\.jdbc\.maxsize$", r"\d", SignKind.POOL, ""),
    (r"resilience4j\.ratelimiter\.|bucket4j\.", ON, SignKind.RATE_LIMIT, ""),
    (r"springdoc\.", ON, SignKind.SPEC_GENERATOR, "springdoc"),
    (r"quarkus\.smallryeopenapi\.|mp\.openapi\.", ON, SignKind.SPEC_GENERATOR, "SmallRye OpenAPI"),
    (r"quarkus\.http\.cors\.origins$", r"\S", SignKind.CORS, "value"),
)  # fmt: skip
"""Keys (without hyphens, in lower case), values, and what they are a sign of: ``""`` says the key."""
_SIGNS = tuple((re.compile(key), re.compile(value, re.IGNORECASE), kind, said) for key, value, kind, said in SIGNS)


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of settings: its whole key, and the value as written."""

    key: str
    value: str
    line: int

    @property
    def relaxed(self) -> str:
        """The key as Spring compares keys: no hyphens, lower case."""
        return self.key.replace("-", "").replace("_", "").lower()


def settings_of(source: str) -> Iterator[Setting]:
    """Every setting that holds whatever the profile; keys that nest are joined with dots."""
    stack: list[tuple[int, str]] = []
    profile = False
    for number, full in enumerate(source[:TEXT_LIMIT].split("\n"), start=1):
        line = full[:LINE_LIMIT].rstrip()
        bare = line.lstrip()
        if bare.startswith(("---", "#---")):
            stack, profile = [], False
            continue
        found = KEY.match(line) if bare and bare[0] not in "#!" else None
        opened = BLOCK.match(line) if line.endswith("{") else None
        found = opened or found
        if found is None:
            continue
        indent, key, value = len(found[1]), found[2], "" if opened else found[3].strip()
        while stack and stack[-1][0] >= indent:
            stack.pop()
        whole = f"{stack[-1][1]}.{key}" if stack else key
        value = value.partition(" #")[0].strip().strip("\"'")
        if not value and len(whole) < LINE_LIMIT:
            stack.append((indent, whole))
        profile = profile or bool(PROFILE.match(whole) and value)
        if value and not profile and not whole.startswith("%"):
            yield Setting(whole, value, number)


def read_jvm_settings(source: str, base: FileFacts) -> FileFacts:
    """What the settings of an application say of its routes, its environment and its operation."""
    if not APPLICATION.search(source, 0, TEXT_LIMIT):
        if "${?" in source:
            return msgspec.structs.replace(base, signs=(*base.signs, *list(_variables(source))[:KEEP_MOST]))
        return _with_paths(source, base) if PATHS.search(source, 0, TEXT_LIMIT) else base
    found = list(settings_of(source))
    rules = tuple(intercepted(source)) if INTERCEPT in source else ()
    facts = with_routing(base, Routing(routers=tuple(_roots(found)), routes=tuple(_actuator(found)), rules=rules))
    constants = [
        Attribute(name=item.key, value=pattern_of(item.value), line=item.line)
        for item in found
        if PATH_VALUE.fullmatch(item.value) and (item.value.startswith("/") or PATH_KEY.search(item.key))
    ]
    return msgspec.structs.replace(
        facts,
        constants=(*facts.constants, *constants[:KEEP_MOST]),
        signs=(*facts.signs, *list(_signs(found))[:KEEP_MOST]),
    )


def _variables(source: str) -> Iterator[Sign]:
    """The variables that settings in HOCON take, whatever their keys are called: ``port = ${?SERVER_PORT}``."""
    for item in settings_of(source):
        for match in VARIABLE.finditer(item.value):
            yield Sign(kind=SignKind.ENV_READ, line=item.line, end_line=item.line, detail=match[1])


def _with_paths(source: str, base: FileFacts) -> FileFacts:
    """A file of nothing but paths: what controllers put in by name, where a program loads it besides its settings."""
    found = list(settings_of(source))
    if not found or not all(PATH_VALUE.fullmatch(item.value) and item.value.startswith("/") for item in found):
        return base
    constants = [Attribute(name=item.key, value=pattern_of(item.value), line=item.line) for item in found]
    return msgspec.structs.replace(base, constants=(*base.constants, *constants[:KEEP_MOST]))


def _roots(found: list[Setting]) -> Iterator[Router]:
    """The prefix of everything, by framework; an application with a port and no prefix says that it has none."""
    by_key = {item.relaxed: item for item in reversed(found)}
    for framework, parts in PREFIXES:
        named = [next((by_key[key] for key in keys if key in by_key), None) for keys in parts]
        told = [item for item in named if item is not None]
        if not told and framework == MVC and PORT in by_key and _is_spring(by_key):
            told = [by_key[PORT]]
            named = []
        if told:
            prefix = tuple(piece for item in named if item for piece in ("/", *pattern_of(item.value.strip("/*"))))
            yield Router(symbol="settings", framework=framework, line=told[0].line, root=True, prefix=prefix)


def _is_spring(by_key: dict[str, Setting]) -> bool:
    """Whether the settings are those of a Spring application that answers by itself."""
    return any(key.startswith("spring.") for key in by_key) and not any("gateway" in key for key in by_key)


def _actuator(found: list[Setting]) -> Iterator[Route]:
    """The endpoints that the settings say are exposed."""
    by_key = {item.relaxed: item for item in found}
    exposed = by_key.get(EXPOSED)
    if exposed is None:
        return
    place = by_key.get(ACTUATOR_PATH)
    base = place.value if place else "/actuator"
    names = [name.strip(" \"'[]") for name in exposed.value.split(",")]
    for name in dict.fromkeys("health" if name == "*" else name for name in names[:20] if name):
        yield Route(
            router="settings",
            framework=BOOT,
            methods=("GET",),
            path=(f"{base}/{name}",),
            line=exposed.line,
            end_line=exposed.line,
            implicit=True,
        )


def _secret(item: Setting) -> str:
    """The key of a secret that the settings give away; ``default`` where a variable may replace it."""
    if not SECRET.search(item.key[-60:]) or STANDS_IN.search(item.value[:200]):
        return ""
    variable = WHOLE.fullmatch(item.value)
    value = item.value if variable is None else variable[1] or ""
    if len(value) < SECRET_SHORTEST or "${" in value or PLACED.match(value) or "public" in item.key[-60:].lower():
        return ""
    if NAMES.fullmatch(value[:100]):
        return ""
    return item.key if variable is None else "default"


def _signs(found: list[Setting]) -> Iterator[Sign]:
    told: set[tuple[SignKind, str]] = set()
    named = {item.key.rpartition(".")[0] for item in found if item.key.endswith(("secretName", "existingSecret"))}
    for item in found:
        secret = _secret(item) if item.key.rpartition(".")[0] not in named else ""
        if secret:
            yield Sign(kind=SignKind.SECRET_LITERAL, line=item.line, end_line=item.line, detail=secret)
        for match in VARIABLE.finditer(item.value):
            yield Sign(kind=SignKind.ENV_READ, line=item.line, end_line=item.line, detail=match[1])
        for key, value, kind, said in _SIGNS:
            if key.match(item.relaxed) and value.match(item.value):
                detail = {"": item.key, "value": item.value[:200]}.get(said, said)
                if (kind, detail) not in told:
                    told.add((kind, detail))
                    yield Sign(kind=kind, line=item.line, end_line=item.line, detail=detail)


JVM_SETTINGS = DocumentReader("jvm-settings", ("properties", "yaml", "conf"), read_jvm_settings)
