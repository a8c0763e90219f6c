"""What Django's and Django REST framework's settings and views say: limits, headers, tokens."""

from __future__ import annotations

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, Setting, keep, settings
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Text, dotted, plain
from reviewer.model.facts.code import SignKind

THROTTLES = words("DEFAULT_THROTTLE_CLASSES DEFAULT_THROTTLE_RATES throttle_classes")
NINJA = ("ninja", "ninja_extra")
RATE_LIMITERS = words("throttle throttle_classes")
"""Decorators that limit how often a view is asked."""
LIMITING_MODULES = ("rest_framework", "ninja", "ninja_extra")
MIDDLEWARE = words("MIDDLEWARE MIDDLEWARE_CLASSES")
HEADER_MIDDLEWARE = (
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
)
"""What sets headers without any setting; Django's ``SecurityMiddleware`` sends none by itself before 3.0."""
LOCKING_MIDDLEWARE = ("axes.middleware.AxesMiddleware", "defender.middleware.FailedLoginMiddleware")
"""What locks out who tries too many passwords."""
AUTHENTICATION = "DEFAULT_AUTHENTICATION_CLASSES"
TOKEN_READERS = words(
    "TokenAuthentication JWTAuthentication JSONWebTokenAuthentication JWTStatelessUserAuthentication"
    " OAuth2Authentication JWTCookieAuthentication JWTTokenUserAuthentication ExpiringTokenAuthentication"
)
"""Classes of libraries that look a token up or check its signature."""
EXPIRES, FOREVER = "expires", "no expiry"
ISSUING_VIEWS = {
    "rest_framework_simplejwt.views.TokenObtainPairView": EXPIRES,
    "rest_framework_simplejwt.views.TokenObtainSlidingView": EXPIRES,
    "rest_framework_jwt.views.ObtainJSONWebToken": EXPIRES,
    "rest_framework.authtoken.views.ObtainAuthToken": FOREVER,
    "knox.views.LoginView": EXPIRES,
    "oauth2_provider.views.TokenView": EXPIRES,
}
"""Views of libraries that a list of URLs puts in place to hand out tokens."""
KNOX = "knox.models.AuthToken.objects.create"


def read(module: Module, kept: Kept) -> None:
    """Settings by their names; views and calls where the libraries are imported."""
    text = module.text
    if "jango" not in text and "rest_framework" not in text and "ninja" not in text and "knox" not in text:
        return
    look = look_at(module)
    for item in settings(look):
        _setting(look, kept, item)
    for call in module.calls:
        _call(look, kept, call)
    for decorator, name, target in decorators(module):
        limits = last(name) in RATE_LIMITERS and look.origin(name).startswith(LIMITING_MODULES)
        if limits and isinstance(decorator, Call):
            keep(kept, look, SignKind.RATE_LIMIT, target, last(name), -1)


def _setting(look: Look, kept: Kept, item: Setting) -> None:
    if item.name in THROTTLES and _holds(item.value):
        keep(kept, look, SignKind.RATE_LIMIT, item, item.name)
    elif item.name in MIDDLEWARE:
        _middleware(look, kept, item)
    elif item.name == AUTHENTICATION:
        name = next((name for name in _names(item.value) if last(name) in TOKEN_READERS), None)
        if name is not None:
            keep(kept, look, SignKind.TOKEN_VERIFIED, item, last(name))


def _call(look: Look, kept: Kept, call: Call) -> None:
    """Views that hand out tokens, and limits of Django Ninja."""
    origin = look.origin(call.name)
    view = origin.removesuffix(".as_view")
    if view in ISSUING_VIEWS and view != origin:
        keep(kept, look, SignKind.TOKEN_ISSUED, call, ISSUING_VIEWS[view])
    elif origin == KNOX:
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES)
    elif "throttle" in call.keywords and look.imports(*NINJA) and _holds(call.keywords["throttle"]):
        keep(kept, look, SignKind.RATE_LIMIT, call, "throttle")


def _middleware(look: Look, kept: Kept, item: Setting) -> None:
    """What every request passes: headers, and who locks out."""
    for part in inside(item.value):
        name = plain(part) if isinstance(part, Text) else None
        if name in HEADER_MIDDLEWARE:
            keep(kept, look, SignKind.SECURITY_HEADERS, part, last(name or ""), item.function)
        elif name in LOCKING_MIDDLEWARE:
            keep(kept, look, SignKind.RATE_LIMIT, part, last(name or ""), item.function)


def _names(value: Expr) -> list[str]:
    return [plain(part) or dotted(part) for part in inside(value) if not isinstance(part, (Items, Mapping))]


def _holds(value: Expr) -> bool:
    """Whether a list or a table has anything in it."""
    if isinstance(value, Items):
        return bool(value.values)
    return bool(value.pairs) if isinstance(value, Mapping) else isinstance(value, Call)


DJANGO_SIGNS = Reader(name="Django's settings", languages=PYTHON, read=read)
