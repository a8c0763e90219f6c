"""Which functions others call, so that a word on what they do is owed to somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Api, Code, FileRole, SourceFile
from reviewer.model.facts.values import At

LONG = 8
"""Lines from the first to the last of a function from which on it is looked at."""
EXPORTING = ("JavaScript", "TypeScript")
CONSTRUCTORS = frozenset(
    {"__construct", "constructor", "initialize", "__init__", "<init>", "init", "__destruct", "new"}
)
HOOKS = frozenset(
    """
    configure register boot up down main change run handle setUp tearDown ready beforeEach afterEach
    onModuleInit onModuleDestroy onApplicationBootstrap configureServices ConfigureServices Configure
    OnModelCreating OnConfiguring Main Up Down BuildModel BuildTargetModel upgrade downgrade forward backward
    setup create_app toString hashCode equals __str__ __repr__ __eq__ __hash__ ToString GetHashCode Equals render
    transform toArray rules authorize messages schedule commands definition getDescription preUp postUp
    bodyParameters queryParameters urlParameters attributes validationData prepareForValidation
    get_queryset get_context_data get_serializer_class get_permissions get_absolute_url form_valid has_permission
    has_object_permission to_representation to_internal_value save
    withValidator passedValidation failedValidation withResponse broadcastOn via toMail toDatabase content envelope
    canActivate canLoad intercept catch handler lambda_handler handleRequest HandleRequest FunctionHandler doFilter
    of from valueOf builder serialize deserialize
    __invoke buildForm buildView configureOptions getSubscribedEvents voteOnAttribute onAuthenticationSuccess
    onAuthenticationFailure upgradePassword handleConnection handleDisconnect afterInit
    ServeHTTP RoundTrip MarshalJSON UnmarshalJSON MarshalBSON UnmarshalBSON MarshalText UnmarshalText Scan Value
    add_arguments get_serializer_context perform_create perform_update perform_destroy
    """.split()
)
"""Functions that a framework, a host or the language calls, whose contract it documents, and makers of values."""
CONVERTS = re.compile(r"(?:[Tt]o|[Ff]rom|[Aa]s)(?:[A-Z]\w*|_\w+)")
"""Converters, whose names say what goes in and what comes out."""
SETTER = re.compile(r"set[A-Z]\w*")
KEEPER = re.compile(r"(?:add|remove)[A-Z]\w*")
"""What Doctrine's generator writes into an entity for each of its lists."""
ENTITIES = re.compile(r"(?:^|/)(?:entit(?:y|ies)|documents?)/", re.IGNORECASE)
WIRES = re.compile(
    r"(?:[Cc]onfigure|[Ss]etup|[Ss]et_up|[Rr]egister|[Ii]nitiali[sz]e|[Bb]ootstrap|[Mm]ount|[Ss]tart|[Cc]onnect)(?:[A-Z_]\w*)?|module"
)
"""Functions outside classes that put an application together: ``configureRouting``, ``registerRoutes``."""
SCREENS = re.compile(r"(?:androidx|org\.jetbrains)\.compose\b")
"""What is imported where functions of Kotlin draw a screen."""
VALUES = re.compile(r"(?:^|/)(?:models?|entit(?:y|ies)|dtos?|domain|beans?)/", re.IGNORECASE)
"""Folders of classes that hold values; a method there that sets one says so by its name."""
JUDGING = re.compile(r"(?:Validator|Rule|Request|Strategy|Pipe)$")
JUDGES = frozenset({"validate", "passes", "isValid", "is_valid"})
"""Classes and methods of validation, which a framework or a base calls."""
SET_UP = re.compile(
    r"(?:Configs?|Configuration|Module|Provider|Startup|Program|Migration|Seed(?:er|s|Data)?|Populat(?:e|or)|Setup|Initiali[sz]er|Factory|Faker|Fixtures?|Kernel|Advice|"
    r"Application|Registrations?|DependencyInjection|Installer|Bootstrapper)$"
)
"""Classes that wire an application together; whoever calls their methods is the framework."""
SET_UP_FILE = re.compile(
    r"(?:^|/)(?:in[-_]?memory|examples?|samples?|demos?|configs?|configurations?|migrations?|seed(?:er)?s?|fakers?|factories|fixtures|mocks?|database|scripts?|"
    r"bin|bootstrap|di|wire|areas/helppage)/|"
    r"(?:^|/)(?:program|startup|manage|setup|settings|seed\w*|plopfile[\w -]*|noxfile|fabfile|"
    r"gruntfile|gulpfile|jakefile|knexfile|webpack[\w.]*)\.\w+$",
    re.IGNORECASE,
)
MAKERS = re.compile(r"New[A-Z]\w*|New|Must[A-Z]\w*")
"""Constructors as Go writes them."""
TESTING = re.compile(
    r"(?:testing|net/http/httptest|github\.com/stretchr/testify/\w+)\Z|(?:.{0,100}\b|@)(?:go)?fak(?:er|eit)\b", re.I
)
"""What is imported where a file helps tests and is not called so: Go's tools, and makers of invented data."""
FAILURES = re.compile(r"\w{0,60}(?:exception|error)_handler|handle_\w{0,60}(?:exception|error)s?")
"""What Python's frameworks are handed to answer with where something fails."""
SCHEMA_FILE = re.compile(r"(?:^|/)schemas?(?:/|\.py$)")
FIELD_HOOK = re.compile(r"(?:validate|clean|perform|resolve|get)_\w+")
"""Methods that forms and serializers call by the names of their fields."""
FORM_FILE = re.compile(
    r"(?:^|/)(?:forms?|serializers?|admin)(?:/|\.py$)|(?:^|/)[\w-]*\.config\.\w+$|(?:^|/)\.?\w+rc\.\w+$"
)
WIRING = re.compile(r"(?:[Cc]onfigure|[Rr]egister|Add|Use|Map)[A-Z]?")
SERVICES = re.compile(
    r"servic|use-?_?case|repositor|domain|lib/|util|helper|manager|client|interactor|store", re.IGNORECASE
)
HANDLERS = re.compile(r"controller|handler|route|resource|view|middleware|resolver", re.IGNORECASE)


ANSWERING = re.compile(
    r"(?:^|/)(?:controllers?|\w*[Hh]andlers?|routes?|routers?|endpoints?|resolvers?|views|viewsets?|middlewares?|"
    r"[Gg]raph[Qq][Ll])/|"
    r"(?:[._-]|(?<=[a-z]))(?:[Cc]ontrollers?|[Hh]andlers?|[Rr]oute(?:s|r|rs)?|[Rr]esolvers?|[Mm]iddlewares?)\.\w{1,4}$|"
    r"(?:^|/)(?:views|routes?|routers?|endpoints?|handlers?)\.\w{1,4}$|\.gateway\.[jt]s$"
)
ANSWERING_CLASS = re.compile(
    r"(?:Controller|Handler|Resource|Resolver|View|ViewSet|Servlet|Middleware|Filter|Endpoints?|Routes?|Router|Page|Api|API|"
    r"Guard|Interceptor|Pipe|Policy|Listener|Subscriber|Observer|Job|Worker|Consumer|Mailer|Hub|Servicer)$"
)
"""Files and classes that answer requests, or that a framework calls beside them: the route says what they serve."""
GENERIC = re.compile(r"[<\[(].*")
SCRIPTED = (".js", ".jsx", ".ts", ".tsx", ".cjs", ".mjs")
MODELS = re.compile(r"(?:^|/)models?/[^/]{1,80}\.(?:[cm]?js|ts)$")
"""Files whose functions define models for a data layer."""


def called_by_others(code: Code, api: Api) -> list[At[Function]]:
    """Public functions of some length: no constructors, no hooks, no set-up, nothing that its file keeps to itself.

    Handlers of requests and functions inside others count where they are documented, and are not asked for it.
    """
    modules = {module.path: module for module in code.modules}
    testing = {item.path for item in code.imports if _is_aside(item.fact.module)}
    inner, spared = _inside_others(code.functions), _spared(code, api)
    return [
        item
        for item in code.functions
        if item.path not in testing
        and _counts(item, modules.get(item.path))
        and (item.fact.documented or not (_answers(item) or spared(item) or (item.path, item.fact.line) in inner))
    ]


def _is_aside(module: str) -> bool:
    """Whether what a file imports says that it helps tests, or draws screens."""
    return TESTING.match(module) is not None or SCREENS.match(module) is not None


def _spared(code: Code, api: Api) -> Callable[[At[Function]], bool]:
    """Tells functions that something outside calls: a route, a base or interface from elsewhere; and constructors.

    A function with a capital is a constructor where a language of classes would have one (JavaScript before 2015).
    """
    routed = {(place.path, place.line) for item in api.endpoints for place in (item.handler,) if place}
    known = {_bare(item.fact.name) for item in code.classes}
    foreign = {
        (item.path, _bare(item.fact.name))
        for item in code.classes
        if any(_bare(GENERIC.sub("", base)) not in known for base in item.fact.bases)
    }

    def spared(item: At[Function]) -> bool:
        function, owner = item.fact, owner_of(item.fact)
        capital = not owner and function.name[:1].isupper() and item.path.endswith(SCRIPTED)
        return capital or (item.path, function.line) in routed or (bool(owner) and (item.path, owner) in foreign)

    return spared


def _inside_others(functions: Iterable[At[Function]]) -> frozenset[tuple[str, int]]:
    """Path and line of the functions that stand in the body of another one."""
    found: set[tuple[str, int]] = set()
    path, end = "", 0
    named = (item for item in functions if not item.fact.name.startswith("<"))
    for item in sorted(named, key=lambda item: (item.path, item.fact.line, -item.fact.end_line)):
        if item.path != path:
            path, end = item.path, 0
        if item.fact.end_line <= end and item.fact.line < end:
            found.add((path, item.fact.line))
        end = max(end, item.fact.end_line)
    return frozenset(found)


def _answers(item: At[Function]) -> bool:
    """Whether a framework calls a function: for a request, or to define a model."""
    owner = owner_of(item.fact)
    return bool(
        item.fact.answers
        or ANSWERING.search(item.path)
        or (owner and ANSWERING_CLASS.search(owner))
        or (not owner and MODELS.search(item.path))
    )


def promised(code: Code) -> frozenset[tuple[str, str, str]]:
    """Path, class and name of methods whose words stand on the interface that the class implements."""
    told: dict[str, set[str]] = {}
    for item in code.classes:
        if item.fact.documented:
            told.setdefault(_bare(item.fact.name), set()).update(item.fact.documented)
    return frozenset(
        (item.path, _bare(item.fact.name), method)
        for item in code.classes
        for base in item.fact.bases
        for method in told.get(_bare(base), ())
    )


def owner_of(function: Function) -> str:
    """The class of a method by its bare name, ``""`` for other functions."""
    return _bare(function.qualname.rpartition(".")[0])


def _bare(name: str) -> str:
    return name.rpartition(".")[2]


def services_first(items: list[At[Function]]) -> list[At[Function]]:
    """Services and the like before the rest, controllers last."""
    return sorted(items, key=lambda item: (_rank(item.path), item.path, item.fact.line))


def _rank(path: str) -> int:
    return 0 if SERVICES.search(path) else 2 if HANDLERS.search(path) else 1


def _counts(item: At[Function], module: SourceFile | None) -> bool:
    function = item.fact
    if not function.public or function.name.startswith(("<", "_")) or function.end_line - function.line < LONG:
        return False
    owner = owner_of(function)
    if FORM_FILE.search(item.path) and (FIELD_HOOK.fullmatch(function.name) or not item.path.endswith(".py")):
        return False
    if item.path.endswith(".py") and (
        FAILURES.fullmatch(function.name) or (SCHEMA_FILE.search(item.path) and FIELD_HOOK.fullmatch(function.name))
    ):
        return False
    if item.path.endswith(".go") and MAKERS.fullmatch(function.name):
        return False
    if not function.documented and _says_by_name(function.name, owner, item.path):
        return False
    if function.name in CONSTRUCTORS | HOOKS or function.name == owner or (owner and SET_UP.search(owner)):
        return False
    if SET_UP_FILE.search(item.path) or (owner.endswith(("Extension", "Extensions")) and WIRING.match(function.name)):
        return False
    return module is None or (module.role is not FileRole.SCRIPTS and _is_exported(function, module))


def _says_by_name(name: str, owner: str, path: str) -> bool:
    """Whether the name tells all: a converter, what sets a value, the one method of a validator."""
    if name in JUDGES:
        return JUDGING.search(owner) is not None
    if CONVERTS.fullmatch(name) or (not owner and WIRES.fullmatch(name)):
        return True
    if owner and KEEPER.fullmatch(name):
        return ENTITIES.search(path) is not None
    return bool(owner and SETTER.fullmatch(name) and VALUES.search(path))


def _is_exported(function: Function, module: SourceFile) -> bool:
    """Whether another file can see it, in languages where a file says what it exports."""
    if module.language not in EXPORTING or module.facts is None:
        return True
    exported = {name for item in module.facts.exports for name in (item.local, item.name)}
    top = function.qualname.partition(".")[0]
    return top in exported or function.name in exported or top == "default"
