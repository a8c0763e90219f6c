"""What a file is for, as far as its path tells. A prior: what a file holds (test cases, JSX) overrules it later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather._sides import FRONTEND_FOLDERS, is_below, serves
from reviewer.gather._words import words
from reviewer.gather.kinds import LANGUAGE_OF_KIND
from reviewer.model.facts.repository import FileRole

TEST_FOLDERS = words(
    """
    test tests __tests__ spec specs e2e cypress androidtest testing it unittests integrationtests __mocks__ testdata
    step_definitions
    """
)
WEAK_TEST_FOLDERS = frozenset({"it", "testing"})
"""Test folders in some languages, ordinary names in others: they count below ``src`` or at the root alone."""
TEST_DATA_FOLDERS = frozenset({"test", "tests", "__tests__", "testdata", "fixtures", "spec"})
"""Folders whose settings and documents are made up for tests: what they name is not what the server uses."""
TEST_NAME = re.compile(
    r"test_.+\.py|.+_test\.(py|go|rb|exs|c|cc|cpp|dart)|tests\.py|conftest\.py|.+_spec\.rb|"
    r".+[.-](test|spec|e2e-spec|cy|e2e)\.[cm]?[jt]sx?|.+(?:tests?|testcase|it|spec)\.(java|kt|php|cs|scala|groovy)|"
    r"locustfile.*\.py|(?:.+[._-])?(?:benchmarks?|load-?tests?|k6|autocannon)(?:[._-].+)?\.(py|rb|php|[cm]?[jt]s)"
)
CAPITAL_TEST = re.compile(
    r".*(?:[a-z0-9]Tests?|TestCase|[a-z0-9]IT|[a-z0-9]Spec)\.\w+\Z|Tests?[A-Z].*\.(java|kt|cs|php)\Z"
)
TEST_PROJECT = re.compile(
    r".+[._-](?:(?:unit|integration|functional|acceptance|api)?tests?|e2e)(?:\.(?:unit|integration|functional|acceptance))?",
    re.IGNORECASE,
)
BENCH_FOLDERS = words(
    """
    bench benches benchmark benchmarks bench_mark bench_marks
    loadtest loadtests load-test load-tests load_test load_tests loadtesting load-testing load_testing
    stress-test stress-tests stress_test perf-test perf-tests perf_test perf_tests
    performance-test performance-tests performance_tests k6 jmeter gatling locust artillery autocannon
    """
)
"""Programs that measure the server from outside, as the first folders of a path."""
STAND_IN = re.compile(
    r"(?:mock(?:ed)?|fake|stub|dummy)[._-]?(?:servers?|api|backend)|(?:server|api|backend)[._-](?:mock|stub)s?|"
    r"e2e[._-](?:tests?[._-])?servers?",
    re.IGNORECASE,
)
"""A folder or file that stands in for a server while others are worked on."""
EXAMPLE_FOLDERS = words("examples example samples sample _examples _example")
"""Folders that show how the program beside them is used."""
TRIED_PROGRAMS = words("cli demo demos playground sandbox example examples tryout")
"""Programs of Go below ``cmd`` in which something is tried or shown, and no server of the project runs."""

SCHEMA_KINDS = frozenset({"sql", "cql", "prisma"})
SCHEMA_FOLDERS = words(
    """
    migrations migration migrate seeders seeds alembic
    """
)

FRONTEND_KINDS = words("html css vue tsx dart swift")
FRONTEND_SUFFIXES = (
    *(".jsx", ".component.ts", ".component.js", ".ejs", ".hbs", ".twig", ".cshtml", ".razor"),
    *(".phtml", ".blade.php", ".tpl.php", ".html.php", ".ctp"),
)
FRONTEND_PATHS = ("/resources/js/", "/resources/assets/", "/app/javascript/", "/app/packs/", "/app/views/")
"""Folders below others where Laravel and Rails keep what browsers run."""
BROWSER_KINDS = frozenset({"javascript", "typescript", "tsx"})
FRONTEND_ROOT_MARKS = re.compile(
    r"angular\.json|\.angular-cli\.json|vue\.config\.\w+|svelte\.config\.\w+|ionic\.config\.json|"
    r"metro\.config\.\w+|src/app\.(jsx|tsx|vue|svelte)|src/main\.(jsx|tsx)|src/index\.(jsx|tsx)|"
    r"src/(registerserviceworker|serviceworker|reportwebvitals)\.[jt]s"
)
BUNDLER = re.compile(r"vite\.config\.\w+")
PAGE_BUNDLER = re.compile(r".+/webpack\.config\.\w+")
"""The settings of a bundler that runs the tests of many servers too: a mark only beside what it would bundle."""
ENTRY_PAGE = "index.html"
COMPONENTS = (".vue", ".svelte", ".tsx", ".jsx")
COMPONENT = "App.js"
"""The root component of a React application; ``app.js`` in lower case is how servers spell theirs."""
SITE_PAGE = re.compile(r"(?:.*/)?pages/(?:masterpage|[^/]+\.[a-z0-9]{5})\.js")
"""Code behind a page of a Wix site: the page's name and id."""
SERVER_MARKS = words(
    """
    nest-cli.json manage.py artisan composer.json server.js server.ts app.py pom.xml build.gradle gemfile go.mod
    next.config.js next.config.ts next.config.mjs adonisrc.ts .adonisrc.json ace ace.js
    """
)
MOBILE_KINDS = frozenset({"java", "kotlin", "csharp"})
ANDROID_MANIFEST = "androidmanifest.xml"

OTHER_SERVERS = (".php", ".jsp", ".java", ".cs")
NODE_MARKS = words("package.json deno.json deno.jsonc bunfig.toml bun.lockb")
NODE_MAINS = words("server.js app.js index.js main.js server.ts app.ts index.ts main.ts")
"""Without any of these, JavaScript beside a server in another language runs in the browser."""

SCRIPT_KINDS = frozenset({"shell", "notebook", "makefile", "perl"})
SCRIPT_FOLDERS = words(
    """
    scripts script bin tools tooling hack devtools ci docker .docker _themes sphinxext
    test-scripts test_scripts testscripts dev-scripts
    """
)

SCRIPT_NAME = re.compile(
    r"seeds?\.(?:rb|py|[cm]?[jt]s)|.+\.rake|rakefile|guardfile|capfile|"
    r"(?:seed|populate|load_(?:demo|sample|test))_.+\.py|seed-.+\.[cm]?[jt]s|fabfile\.py|deploy\.(?:rb|php)|"
    r"(?:(?:init(?:iali[sz]e)?|create|setup)[-_](?:db|database|tables)\.py|(?:drop|reset)[-_](?:db|database|tables)\.(?:py|rb|php|[cm]?[jt]s))|"
    r"(?:dummy|sample|demo|fake)[-_]data\.(?:py|rb|php|[cm]?[jt]s)|curl[-_].+\.(?:py|rb|php|[cm]?[jt]s)"
)
"""Programs that somebody runs by hand, wherever they stand; then those by which documentation is made."""
DOCUMENTING = re.compile(r"(?:.*/)?docs?/(?:source/|src/)?(?:conf|make|generate\w*|build\w*)\.py")

CONFIG_NAME = re.compile(
    r".+\.config\.[cm]?[jt]s|\.[a-z]+rc\.[cm]?js|(webpack|gulpfile|gruntfile|karma|jest|babel|rollup|protractor|wdio|"
    r"tailwind|postcss|ormconfig|knexfile|playwright|terser|esbuild|package-scripts)([.-].*)?\.[cm]?[jt]s|setup\.py|settings\.gradle|.+\.gradle(\.kts)?|noxfile\.py"
)
RAKE_FOLDERS = ["lib", "tasks"]
"""Where tasks of Ruby stand that somebody runs by hand."""
BUNDLER_FOLDERS = ["config", "webpack"]
"""Where Rails keeps the settings of its bundler, one file for each environment."""


def role_of(
    path: str,
    kind: str | None,
    language: str | None = None,
    roots: frozenset[str] = frozenset(),
    mobile: frozenset[str] = frozenset(),
) -> FileRole:
    """What a file is for.

    Args:
        path: from the root of the tree.
        kind: from `reviewer.gather.kinds.kind_of`.
        language: of the kind; looked up where it is not given.
        roots: folders of front ends, from `frontend_roots`.
        mobile: folders of applications for telephones, from `mobile_roots`.
    """
    language = language or LANGUAGE_OF_KIND.get(kind or "")
    low = path.casefold()
    *folders, name = low.split("/")
    if language is None and not name.endswith(FRONTEND_SUFFIXES):
        if not TEST_DATA_FOLDERS.isdisjoint(folders) or _stands_in(folders):
            return FileRole.TESTS
        return FileRole.SCRIPTS if kind in SCRIPT_KINDS else FileRole.CONFIG
    if _is_test(path, folders, name):
        return FileRole.TESTS
    if kind in SCHEMA_KINDS or not SCHEMA_FOLDERS.isdisjoint(folders):
        return FileRole.SCHEMA
    if CONFIG_NAME.fullmatch(name) or (kind in BROWSER_KINDS and folders[-2:] == BUNDLER_FOLDERS):
        return FileRole.CONFIG
    if _is_frontend(low, kind, folders, name, roots) or (kind in MOBILE_KINDS and _is_mobile(low, kind, mobile)):
        return FileRole.FRONTEND
    if (
        kind in SCRIPT_KINDS
        or not SCRIPT_FOLDERS.isdisjoint(folders)
        or SCRIPT_NAME.fullmatch(name)
        or (kind == "ruby" and folders[-2:] == RAKE_FOLDERS)
        or DOCUMENTING.fullmatch(low)
    ):
        return FileRole.SCRIPTS
    return FileRole.SERVER


def _is_mobile(low: str, kind: str, mobile: frozenset[str]) -> bool:
    """Whether a file lies in an application for telephones; an Android module at the root holds nothing of .NET."""
    return is_below(low, mobile - {""} if kind == "csharp" else mobile)


def frontend_roots(paths: Iterable[str]) -> frozenset[str]:
    """Folders (casefolded, empty for the root) that hold a front end, by the files that its tools look for.

    The root is one where another language serves and nothing would start a program in JavaScript. A folder
    with a page to begin with is one as well, where no manifest around it says that Node runs anything.
    """
    fronts: set[str] = set()
    servers: set[str] = set()
    pages: set[str] = set()
    packages: set[str] = set()
    other = node = False
    every = [(path, path.casefold()) for path in paths]
    bundled = _bundled([low for _, low in every])
    for path, low in every:
        folder, _, name = low.rpartition("/")
        other = other or name.endswith(OTHER_SERVERS)
        node = node or name in NODE_MARKS or (not folder and name in NODE_MAINS)
        if name in NODE_MARKS:
            packages.add(folder)
        elif name == ENTRY_PAGE and folder:
            pages.add(folder)
        if name in SERVER_MARKS:
            servers.add(folder)
        elif FRONTEND_ROOT_MARKS.fullmatch(name) or low in bundled:
            fronts.add(folder)
        elif (folder == "src" or folder.endswith("/src")) and (
            FRONTEND_ROOT_MARKS.fullmatch(f"src/{name}") or path.endswith(f"/{COMPONENT}")
        ):
            fronts.add(folder[:-4])
    everywhere = {""} if other and not node else set()
    alone = {folder for folder in pages if not is_below(f"{folder}/", frozenset(packages))}
    return frozenset(((fronts | alone) - servers) | everywhere)


def mobile_roots(paths: Iterable[str]) -> frozenset[str]:
    """Folders (casefolded, empty for the root) of Android's modules, by the manifest that each of them holds.

    .NET keeps it a folder or two below its project.
    """
    found = set()
    for path in paths:
        if path.endswith(".xml") and path.rpartition("/")[2].casefold() == ANDROID_MANIFEST:
            folders = path.casefold().split("/")[:-1]
            if folders[-2:] == ["platforms", "android"] or folders[-1:] == ["properties"]:
                folders = folders[:-2] if folders[-1] == "android" else folders[:-1]
            elif folders[-2:-1] == ["src"]:
                folders = folders[:-2] if "test" not in folders[-1] else ["src", "test"]
            found.add("/".join(folders))
    return frozenset(found - {"src/test"})


def is_example(path: str) -> bool:
    """Whether a file lies in a folder of examples, near the root: packages of Java are called so, too, deeper down.

    A file whose name is to be replaced (``REPLACEMEController.kt``) is what others are made from.
    """
    *folders, name = path.casefold().split("/")
    if name.startswith(("replaceme", "replace_me")):
        return True
    if folders[:1] == ["cmd"] and folders[1:2] and folders[1] in TRIED_PROGRAMS:
        return True
    return bool(folders) and (folders[0] in EXAMPLE_FOLDERS or folders[1:2] == ["examples"])


def _bundled(paths: list[str]) -> frozenset[str]:
    """The settings of bundlers beside a page to begin with, or around components of the same package."""
    settings = [path for path in paths if BUNDLER.fullmatch(path.rpartition("/")[2])]
    packed = [path for path in paths if PAGE_BUNDLER.fullmatch(path)]
    if not settings and not packed:
        return frozenset()
    packages = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in NODE_MARKS}
    pages = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] == ENTRY_PAGE}
    homes = {_package_of(path, packages) for path in paths if path.endswith(COMPONENTS)}
    beside = (path for path in packed if path.rpartition("/")[0] in pages)
    return frozenset(
        path for path in settings if path.rpartition("/")[0] in pages or _package_of(path, packages) in homes
    ).union(beside)


def _package_of(path: str, packages: set[str]) -> str:
    """The nearest folder around a file that is a package, the root where none is."""
    folder = path.rpartition("/")[0]
    while folder and folder not in packages:
        folder = folder.rpartition("/")[0]
    return folder


def _is_test(path: str, folders: list[str], name: str) -> bool:
    if TEST_NAME.fullmatch(name) and (not name.endswith((".java", ".kt", ".php", ".cs", ".scala")) or _capital(path)):
        return True
    if _stands_in([*folders, name.rpartition(".")[0]]):
        return True
    strong = TEST_FOLDERS - WEAK_TEST_FOLDERS
    if (
        not BENCH_FOLDERS.isdisjoint(folders[:2])
        or not strong.isdisjoint(folders)
        or any(TEST_PROJECT.fullmatch(folder) for folder in folders[:3])
    ):
        return True
    return any(
        folder in WEAK_TEST_FOLDERS and (place == 0 or folders[place - 1] == "src")
        for place, folder in enumerate(folders)
    )


def _stands_in(names: list[str]) -> bool:
    return any(STAND_IN.fullmatch(name) for name in names)


def _capital(path: str) -> bool:
    """Whether the name ends in the word Test, not in letters that happen to spell it (``Contest.java``)."""
    return bool(CAPITAL_TEST.match(path.rpartition("/")[2]))


def _is_frontend(low: str, kind: str | None, folders: list[str], name: str, roots: frozenset[str]) -> bool:
    if kind in FRONTEND_KINDS or name.endswith(FRONTEND_SUFFIXES):
        return True
    if kind not in BROWSER_KINDS:
        return False
    if any(folder in f"/{low}" for folder in FRONTEND_PATHS) or SITE_PAGE.fullmatch(low):
        return True
    if serves(low, folders, roots):
        return False
    if not FRONTEND_FOLDERS.isdisjoint(folders):
        return True
    return is_below(low, roots)
