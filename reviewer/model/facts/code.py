"""What a language reader keeps of any source file: its shape, and signs worth weighing."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.facts.values import Value


class Function(Noun):
    """A function or method. ``complexity`` is cyclomatic (McCabe 1976, counted as radon does: 1 + decisions).

    ``nesting`` is the deepest block inside it, 0 for straight-line code. ``typed`` is None where the language declares
    every type anyway. ``documented`` says whether a docstring or doc comment belongs to it. ``statements`` is how many
    it holds, those of nested blocks included, 0 where they are not counted. ``silent`` is how many lines of a long one
    are blank, comments or a docstring. ``answers`` says that its signature is that of a request's handler,
    or that its file hands it to WordPress as a hook. ``exits`` are its branches that return or throw: the first line of
    each, and the line that leaves.
    """

    name: str
    qualname: str
    line: int
    end_line: int
    complexity: int
    nesting: int
    parameters: int
    typed: bool | None = None
    documented: bool = False
    public: bool = True
    statements: int = 0
    silent: int = 0
    answers: bool = False
    exits: tuple[tuple[int, int], ...] = ()


class Block(Noun):
    """The fingerprint of some significant lines in a row (`reviewer.gather.blocks`); equal ones are copies."""

    line: int
    end_line: int
    digest: int


class Attribute(Noun):
    """A class attribute or a module constant with a value that could be read."""

    name: str
    value: Value
    line: int


class ClassDef(Noun):
    """A class: enough of it to follow inheritance and to find which HTTP methods a view answers."""

    name: str
    line: int
    end_line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    documented: tuple[str, ...] = ()
    """Methods that are declared without a body and documented, as those of an interface."""


class Import(Noun):
    """``from module import name as alias``. ``name`` is None for a whole module, ``*`` for everything.

    ``module`` is written as in the source: dots for a Python relative import, a path for JavaScript.
    """

    module: str
    name: str | None
    alias: str
    line: int


class Export(Noun):
    """``name`` is what other files see (``default`` included), ``local`` the name in this file.

    ``module`` is set for a re-export from another file.
    """

    name: str
    local: str
    module: str | None = None


class Catch(Noun):
    """An exception handler. ``does`` is the most that its body does, in this order of merit.

    ``explained`` says that a comment in an empty one gives a reason.
    """

    line: int
    end_line: int
    types: tuple[str, ...]
    does: CatchBody
    explained: bool = False


class CatchBody(StrEnum):
    """What the body of an exception handler does."""

    EMPTY = "empty"
    HANDLED = "handled"
    LOGGED = "logged"
    RAISED = "raised"
    PASSED = "passed"
    """Nothing but raising again what was caught: no handling, and no fault."""


class SignKind(StrEnum):
    """Small facts that checks weigh, by subject. ``Sign.detail`` is what the comment after each name says."""

    # code
    PRINT = "print"  # the callee
    LOGGER = "logger"  # the library or callee
    UNCALLED = "uncalled"  # a function of a PHP page that nothing on the page names again
    FRAMEWORK_PART = "framework-part"  # what of a framework is used beside its routes: hooks, sessions, static files
    # requests and answers
    STATUS = "status"  # the status code, as digits
    VALIDATION = "validation"  # the library or means
    ERROR_HANDLER = "error-handler"  # what it is registered for
    ERROR_LEAK = "error-leak"  # an exception's text or stack sent to the client
    JSON_RESPONSE = "json-response"  # the callee
    PAGINATION = "pagination"  # the means: limit, page, cursor
    RATE_LIMIT = "rate-limit"  # the library
    BODY_LIMIT = "body-limit"  # the setting
    CORS = "cors"  # the origins: "*" or text
    SPEC_GENERATOR = "spec-generator"  # the library that serves OpenAPI
    API_VERSION = "api-version"  # how a version is told that is not in the path
    HINT = "hint"  # the subject of a name that speaks of it and proves nothing: "asker", "role", "validation: name"
    # identity
    AUTH_GUARD = "auth-guard"  # the decorator, middleware or dependency
    TOKEN_ISSUED = "token-issued"  # "expires" or "no expiry"
    TOKEN_VERIFIED = "token-verified"  # the callee
    TOKEN_UNVERIFIED = "token-unverified"  # why: decode without verify, none algorithm
    PASSWORD_HASH = "password-hash"  # the function: bcrypt, argon2, ...
    PASSWORD_WEAK = "password-weak"  # md5, sha1, sha256, clear text
    OWNER_CHECK = "owner-check"  # the comparison or permission class
    # configuration
    ENV_READ = "env-read"  # the variable's name
    DEBUG_ON = "debug-on"  # the setting
    TLS_OFF = "tls-off"  # the setting
    CORS_CREDENTIALS = "cors-credentials"  # wildcard origin with credentials
    SECRET_LITERAL = "secret-literal"  # the setting that holds a literal secret
    SECURITY_HEADERS = "security-headers"  # the library or setting
    # danger
    DANGEROUS_CALL = "dangerous-call"  # the callee
    NOSQL_INJECTION = "nosql-injection"  # how the request value gets in
    # data
    TRANSACTION = "transaction"  # the means
    POOL = "pool"  # the setting
    LOCK = "lock"  # how rows are kept from being overwritten: a version, a lock mode
    QUERY_PART = "query-part"  # what groups or nests, in a query that is built under another name
    EAGER_LOAD = "eager-load"  # the means
    QUERY_IN_LOOP = "query-in-loop"  # the call
    NOSQL_SCHEMA = "nosql-schema"  # the collection or model
    NOSQL_INDEX = "nosql-index"  # the field
    NOSQL_QUERY = "nosql-query"  # the call
    NOSQL_FILTER = "nosql-filter"  # the fields that a query filters or sorts by, other than the id
    NOSQL_BOUNDED = "nosql-bounded"  # limit, projection
    # operations
    HEALTH = "health"  # the path or means
    GRACEFUL_STOP = "graceful-stop"  # the signal or hook
    JOB = "job"  # the queue or scheduler
    CACHE = "cache"  # the means
    METRICS = "metrics"  # the library
    SERVER_START = "server-start"  # the call by which a program starts its server
    # other interfaces
    SOAP = "soap"  # the operation or library
    GRAPHQL = "graphql"  # "query name", "mutation name", or the library
    GRPC = "grpc"  # the method or library
    CLIENT_CALL = "client-call"  # fetch, axios, XMLHttpRequest to an API


class Sign(Noun):
    """One sign on one line range; ``function`` is the qualified name of the function around it, if any."""

    kind: SignKind
    line: int
    end_line: int
    detail: str = ""
    function: str = ""
