"""Files that a project generator writes: known by path, and where the path is anybody's, by what they still say.

Files that declare routes or test cases are left out even where a generator wrote them: what they declare is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A generator's file.

    Args:
        path: pattern over the casefolded path, from some folder on to its end.
        says: words that must all stand in it.
        lacks: words of which none may: somebody worked on it.
        lines: how many lines that are not blank it has at most; 0 for any.
    """

    path: str
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    lines: int = 0


SCAFFOLDS = (
    # Build wrappers
    Scaffold(r"gradlew(\.bat)?|mvnw(\.cmd)?|\.mvn/(wrapper/)?.+|gradle/wrapper/.+"),
    # Django
    Scaffold(r"manage\.py", ("DJANGO_SETTINGS_MODULE", "execute_from_command_line"), lines=25),
    Scaffold(r"wsgi\.py", ("get_wsgi_application",), lines=20),
    Scaffold(r"asgi\.py", ("get_asgi_application",), ("ProtocolTypeRouter",), lines=20),
    Scaffold(r"tests\.py", ("# Create your tests here",), ("def test", "class ")),
    Scaffold(r"admin\.py", ("# Register your models here",), ("register(", "class ")),
    Scaffold(r"models\.py", ("# Create your models here",), ("class ",)),
    Scaffold(r"views\.py", ("# Create your views here",), ("class ", "def ")),
    Scaffold(r"apps\.py", ("AppConfig",), ("def ",), lines=8),
    # Rails
    Scaffold(r"bin/(rails|rake|setup|spring|bundle|update|yarn|webpack|webpack-dev-server|dev|docker-entrypoint|thrust)"),
    Scaffold(r"config/(environment|environments/(development|production|test))\.rb", ("Rails",),
             ("\n  config.cache_store = :redis", "\n  config.cache_store = :mem_cache", "queue_adapter = :sidekiq")),
    Scaffold(r"config/boot\.rb", ("BUNDLE_GEMFILE",), lines=6),
    Scaffold(r"config/(puma|spring|importmap)\.rb|config/cable\.yml"),
    Scaffold(
        r"config/initializers/(assets|backtrace_silencers|cookies_serializer|filter_parameter_logging|inflections|mime_types|"
        r"session_store|wrap_parameters|application_controller_renderer|content_security_policy|permissions_policy|"
        r"feature_policy|new_framework_defaults\w*|to_time_preserves_timezone)\.rb",
        lacks=("session_store :redis",),
    ),
    Scaffold(r"config\.ru|rakefile", ("Rails",), lines=8),
    Scaffold(r"public/(404|422|500|406-unsupported-browser)\.html", ("rails",)),
    Scaffold(r"public/(404|422|500)\.html", ("If you are the application owner check the logs",)),
    Scaffold(r"app/(channels/application_cable/\w+|jobs/application_job|mailers/application_mailer|models/application_record)\.rb",
             lines=8),
    Scaffold(r"db/migrate/\d+_\w+\.(active_storage|action_text|action_mailbox)\.rb"),
    Scaffold(r"app/helpers/\w+_helper\.rb", ("module ",), ("def ",), lines=3),
    Scaffold(r"test/(controllers|models|helpers|mailers)/\w+_test\.rb", ('# test "the truth" do',),
             ("\n  test ", "\n  def test"), lines=8),
    # Laravel
    Scaffold(r"artisan", ("LARAVEL_START",)),
    Scaffold(r"artisan", ("Illuminate\\Contracts\\Console\\Kernel",)),
    Scaffold(r"(public/index|server|bootstrap/(app|autoload))\.php", ("Laravel",), ("'prefix' =>",)),
    Scaffold(r"public/index\.php|bootstrap/app\.php", ("Illuminate\\Contracts\\Http\\Kernel",)),
    Scaffold(r"app/console/kernel\.php", ("ConsoleKernel",), ("$schedule->command('", "::class"), lines=40),
    Scaffold(r"app/http/controllers/controller\.php", ("class Controller",), ("function ",)),
    Scaffold(r"app/http/controllers/auth/\w+controller\.php", ("Illuminate\\Foundation\\Auth\\",), lines=75),
    Scaffold(
        r"app/http/middleware/(authenticate|encryptcookies|trimstrings|trustproxies|trusthosts|verifycsrftoken|"
        r"validatesignature|preventrequestsduringmaintenance|redirectifauthenticated|checkformaintenancemode)\.php",
        lines=32,
    ),
    Scaffold(r"app/providers/(app|auth|broadcast|event)serviceprovider\.php", ("ServiceProvider",),
             ("bind(", "singleton(", "::observe"), lines=32),
    Scaffold(
        r"config/(app|auth|broadcasting|cache|filesystems|hashing|logging|mail|queue|sanctum|services|session|tinker|view)\.php",
        ("return [", "|--"),
    ),
    Scaffold(r"config/cors\.php", ("return [", "|--", "rigins' => ['*']")),
    Scaffold(r"resources/(assets/)?js/(bootstrap|app)\.js", ("window.",), ("mount(",), lines=30),
    Scaffold(r"resources/js/app\.js", ("import './bootstrap'",), lines=3),
    Scaffold(r"resources/(lang|assets/lang)/en/(auth|pagination|passwords|validation)\.php|"
             r"lang/en/(auth|pagination|passwords|validation)\.php"),
    Scaffold(r"resources/views/(welcome|vendor/.+)\.blade\.php", ("laravel",)),
    Scaffold(r"resources/(assets/)?js/components/example(component)?\.vue", ("an example component",)),
    # Symfony
    Scaffold(r"bin/console|public/index\.php|config/bootstrap\.php", ("App\\Kernel",), lines=45),
    Scaffold(r"bin/console", ("Symfony\\Component\\Console",)),
    Scaffold(r"src/kernel\.php", ("MicroKernelTrait",), lines=50),
    Scaffold(r"config/bundles\.php", ("Bundle::class",)),
    Scaffold(r"(app|var)/symfonyrequirements\.php", ("class SymfonyRequirements",)),
    # Slim (what answers requests, or errors in one place, is kept)
    Scaffold(r"src/application/actions/actionerror\.php",
             ("namespace App\\Application\\Actions;", "RESOURCE_NOT_FOUND"), lines=80),
    Scaffold(r"src/application/actions/actionpayload\.php",
             ("namespace App\\Application\\Actions;", "?ActionError $error"), lines=72),
    Scaffold(r"src/application/handlers/shutdownhandler\.php",
             ("namespace App\\Application\\Handlers;", "error_get_last()"), lines=75),
    Scaffold(r"src/application/middleware/sessionmiddleware\.php",
             ("namespace App\\Application\\Middleware;", "'session', $_SESSION"), lines=24),
    Scaffold(r"src/application/settings/settings(interface)?\.php", ("namespace App\\Application\\Settings;",),
             lines=20),
    # Joomla (the component creator's own helpers)
    Scaffold(r"script\.php", ("@version    CVS: ", "InstallerScript")),
    Scaffold(r"fields?/(foreignkey|createdby|modifiedby|timecreated|timeupdated|filemultiple|nestedparent|submit)(field)?\.php",
             ("@version    CVS: ",)),
    # React, Vue, Angular, Vite
    Scaffold(r"src/reportwebvitals\.[jt]sx?|src/setuptests\.[jt]s", ("",), lines=16),
    Scaffold(r"src/(service-?worker|serviceworkerregistration)\.[jt]s",
             ("optional code is used to register a service worker",)),
    Scaffold(r"src/app\.test\.[jt]sx?", ("learn react",)),
    Scaffold(r"src/app\.css|src/app\.[jt]sx?", (".App-logo",)),
    Scaffold(r"src/app\.[jt]sx?", ("Learn React", "App-logo")),
    Scaffold(r"src/components/helloworld\.vue", ("For a guide and recipes on how to configure",)),
    Scaffold(r"public/index\.html", ("You need to enable JavaScript to run this app", "manifest.json"), lines=45),
    Scaffold(r"src/(polyfills|test)\.ts|karma\.conf\.js|e2e/protractor\.conf\.js", ("",)),
    Scaffold(r"src/main\.ts", ("platformBrowserDynamic",), lines=14),
    Scaffold(r"src/main\.ts", ("bootstrapApplication",), lines=8),
    Scaffold(r"(vite-env|react-app-env|env)\.d\.ts", ("/// <reference",)),
    # Sails
    Scaffold(r"api/responses/(badrequest|created|forbidden|notfound|ok|servererror|unauthorized)\.js",
             ("Usage:", "req._sails")),
    # Express, ASP.NET
    Scaffold(r"bin/www(\.js)?", ("Normalize a port into a number, string, or false",)),
    Scaffold(r"public/stylesheets/style\.css", ("Lucida Grande",), lines=10),
    Scaffold(r"weatherforecast\.cs", ("TemperatureC",), ("Controller",), lines=20),
    Scaffold(r"properties/launchsettings\.json", ("$schema",)),
    Scaffold(r"wwwroot/js/site\.js", ("Please see documentation at",), lines=6),
    # Flutter, Android
    Scaffold(r"(android|ios)/.+", ("Flutter",)),
    Scaffold(r"exampleunittest\.(java|kt)|exampleinstrumentedtest\.(java|kt)", ("addition_isCorrect",)),
    Scaffold(r"exampleinstrumentedtest\.(java|kt)", ("useAppContext",)),
)  # fmt: skip

ANY_PATH = re.compile(r"(?:.*/)?(?:" + "|".join(f"(?:{rule.path})" for rule in SCAFFOLDS) + r")\Z")
PATTERNS = tuple((re.compile(rf"(?:.*/)?(?:{rule.path})\Z"), rule) for rule in SCAFFOLDS)
LINES_READ = 400


def is_scaffold(path: str, text: str) -> bool:
    """Whether a generator wrote a file and nobody worked on it since.

    Args:
        path: from the root of the tree, with forward slashes.
        text: its content, or at least its beginning.
    """
    low = path.casefold()
    if not ANY_PATH.match(low):
        return False
    return any(pattern.match(low) and _still(rule, text) for pattern, rule in PATTERNS)


def _still(rule: Scaffold, text: str) -> bool:
    if not all(words in text for words in rule.says) or any(words in text for words in rule.lacks):
        return False
    if not rule.lines:
        return True
    lines = text.split("\n", LINES_READ)
    return sum(1 for line in lines if line.strip()) <= rule.lines
