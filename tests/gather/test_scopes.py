"""Names across files, by the rules of each family of languages: each case says where a name leads from a file."""

from __future__ import annotations

import pytest

from reviewer.gather.index import Index
from reviewer.model.facts.code import Attribute, ClassDef, Function, Import
from reviewer.model.facts.documents import Document, Manifest
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.values import Ref


def _file(
    kind: str, namespace: str = "", classes: tuple[str, ...] = (), imports: tuple[str, ...] = (), **more: object
) -> FileFacts:
    """A file whose classes are written ``Name(Base)``, functions as qualified names, constants as ``NAME=text``."""
    return FileFacts(
        kind=kind,
        namespace=namespace,
        classes=tuple(_class(item) for item in classes),
        imports=tuple(_import(item) for item in imports),
        functions=tuple(_function(name) for name in more.get("functions", ())),
        constants=tuple(
            Attribute(name=name, value=(value,), line=1)
            for name, _, value in (item.partition("=") for item in more.get("constants", ()))
        ),
    )


def _class(written: str) -> ClassDef:
    name, _, bases = written.rstrip(")").partition("(")
    return ClassDef(name=name, line=1, end_line=9, bases=tuple(bases.split(",")) if bases else ())


def _import(written: str) -> Import:
    module, name, alias = written.split()
    return Import(module=module, name=None if name == "-" else name, alias=alias, line=1)


def _function(qualname: str) -> Function:
    name = qualname.rpartition(".")[2]
    return Function(name=name, qualname=qualname, line=1, end_line=2, complexity=1, nesting=0, parameters=0)


FILES = {
    "go.mod": FileFacts(
        kind="gomod", document=Document(manifest=Manifest(ecosystem="go", name="example.com/shop", lock=False))
    ),
    "cmd/main.go": _file("go", "main", imports=("example.com/shop/users - users", "encoding/json - json")),
    "users/routes.go": _file("go", "users", functions=("Register",)),
    "users/model.go": _file("go", "users", classes=("Handler",), constants=("Base=/users",)),
    "users/handler.go": _file("go", "users", functions=("Handler.List",)),
    "json/x.go": _file("go", "json", functions=("Marshal",)),
    "a/src/web/UserController.java": _file(
        "java",
        "shop.web",
        classes=("UserController(UserApi)",),
        imports=("shop.api * *", "shop.core Paths Paths"),
        functions=("UserController.show",),
    ),
    "a/src/web/Other.java": _file("java", "shop.web", classes=("Other", "Other.Inner"), constants=("Other.X=/x",)),
    "a/src/api/UserApi.java": _file("java", "shop.api", classes=("UserApi",), functions=("UserApi.list",)),
    "a/src/core/Paths.kt": _file("kotlin", "shop.core", classes=("Paths",), constants=("Paths.USERS=/users",)),
    "a/src/core/Routes.kt": _file("kotlin", "shop.core", functions=("userRoutes",)),
    "b/src/web/Other.java": _file("java", "shop.web", classes=("Other",)),
    "app/Http/UserController.php": _file("php", "App.Http", classes=("UserController",)),
    "app/Models/User.php": _file("php", "App.Models", classes=("User",)),
    "routes/api.php": _file("php", imports=("App.Http UserController Users",)),
    "Api/Orders.cs": _file("csharp", "Shop.Api.Controllers", classes=("Orders(Base)",), imports=("Shop.Data * *",)),
    "Api/Base.cs": _file("csharp", "Shop.Api", classes=("Base",)),
    "Data/Db.cs": _file("csharp", "Shop.Data", classes=("Db",)),
    "app/controllers/api/v1/users_controller.rb": _file("ruby", classes=("Api.V1.UsersController(BaseController)",)),
    "app/controllers/api/base_controller.rb": _file("ruby", classes=("Api.BaseController",)),
    "app/models/user.rb": _file("ruby", classes=("User",)),
    "config/routes.yaml": FileFacts(kind="yaml"),
}

CASES = {
    "go: a function of an imported folder": ("cmd/main.go", "users.Register", "users/routes.go", "Register"),
    "go: a method in another file than its type": (
        "users/routes.go",
        "Handler.List",
        "users/handler.go",
        "Handler.List",
    ),
    "go: a constant of the same folder": ("users/routes.go", "Base", "users/model.go", "Base"),
    "go: the standard library is no folder of ours": ("cmd/main.go", "json.Marshal", "cmd/main.go", "json.Marshal"),
    "java: an imported class of Kotlin": (
        "a/src/web/UserController.java",
        "Paths.USERS",
        "a/src/core/Paths.kt",
        "Paths.USERS",
    ),
    "java: a class of an imported package": (
        "a/src/web/UserController.java",
        "UserApi",
        "a/src/api/UserApi.java",
        "UserApi",
    ),
    "java: the same package, the nearest of two": (
        "b/src/web/Other.java",
        "UserController.show",
        "a/src/web/UserController.java",
        "UserController.show",
    ),
    "java: two of one name, the nearest": (
        "a/src/web/UserController.java",
        "Other",
        "a/src/web/Other.java",
        "Other",
    ),
    "java: a nested class by its short name": (
        "a/src/web/Other.java",
        "Inner",
        "a/src/web/Other.java",
        "Other.Inner",
    ),
    "java: a constant of the class around": ("a/src/web/Other.java", "X", "a/src/web/Other.java", "Other.X"),
    "java: a local variable leads nowhere": (
        "a/src/web/Other.java",
        "service.list",
        "a/src/web/Other.java",
        "service.list",
    ),
    "kotlin: a function of a package from everywhere in it": (
        "a/src/core/Paths.kt",
        "userRoutes",
        "a/src/core/Routes.kt",
        "userRoutes",
    ),
    "php: an alias": (
        "routes/api.php",
        "Users.index",
        "app/Http/UserController.php",
        "UserController.index",
    ),
    "php: a full name": ("routes/api.php", "App.Models.User", "app/Models/User.php", "User"),
    "php: the only class of its name": (
        "routes/api.php",
        "UserController.show",
        "app/Http/UserController.php",
        "UserController.show",
    ),
    "c#: a namespace around": ("Api/Orders.cs", "Base", "Api/Base.cs", "Base"),
    "c#: a namespace in use": ("Api/Orders.cs", "Db", "Data/Db.cs", "Db"),
    "ruby: a module around": (
        "app/controllers/api/v1/users_controller.rb",
        "BaseController",
        "app/controllers/api/base_controller.rb",
        "Api.BaseController",
    ),
    "ruby: a constant of the top": (
        "app/controllers/api/v1/users_controller.rb",
        "User.find",
        "app/models/user.rb",
        "User.find",
    ),
    "a document names in full": (
        "config/routes.yaml",
        "App.Http.UserController",
        "app/Http/UserController.php",
        "UserController",
    ),
    "languages do not see each other": ("users/routes.go", "UserController", "users/routes.go", "UserController"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_where_a_name_leads(case: tuple[str, str, str, str]) -> None:
    path, name, where, symbol = case
    assert Index(FILES).resolve(path, name) == (where, symbol)


def test_a_method_of_a_base_class_is_found() -> None:
    found = Index(FILES).function("a/src/web/UserController.java", "UserController.list")
    assert found is not None
    assert (found[0], found[1].qualname) == ("a/src/api/UserApi.java", "UserApi.list")


def test_a_constant_of_another_language_of_the_family_is_text() -> None:
    value = ("/api", Ref(name="Paths.USERS"))
    assert Index(FILES).text("a/src/web/UserController.java", value) == "/api/users"
