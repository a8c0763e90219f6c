"""Which frameworks, API styles and data layers a C# project shows: what serves, not what a client or a tool imports."""

from __future__ import annotations

import pytest

from tests.project import facts_of

PROGRAM = "var app = WebApplication.CreateBuilder(args).Build();\n"
CASES = {
    "a client of a GraphQL server": ("using GraphQL;\nusing GraphQL.Client.Http;\npublic class Api { }", [], []),
    "a page to look at a schema": ("using GraphQL.Server.Ui.Voyager;\npublic class Tools { }", [], []),
    "GraphQL.NET": (
        "using GraphQL.Types;\npublic class ShopQuery : ObjectGraphType"
        ' { public ShopQuery() { Field<StringGraphType>("a"); } }',
        ["GraphQL.NET"],
        ["GraphQL"],
    ),
    "Hot Chocolate, mapped": (f"using HotChocolate;\n{PROGRAM}app.MapGraphQL();", ["HotChocolate"], ["GraphQL"]),
    "addresses of Web API 2": ("using System.ServiceModel.Channels;\npublic class Ip { }", [], []),
    "a contract of WCF": (
        "using System.ServiceModel;\n[ServiceContract] public interface IShop { [OperationContract] int Count(); }",
        ["WCF"],
        ["SOAP"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_frameworks_and_styles(case: str) -> None:
    source, frameworks, styles = CASES[case]
    facts = facts_of({"src/Shop.cs": source})
    named = [use.name for use in facts.project.frameworks if use.name != "ASP.NET Core"]
    assert (named, list(facts.api.styles)) == (frameworks, styles)


FUNCTION = {
    "src/Cats.cs": """
        using Microsoft.AspNetCore.Http;
        using Microsoft.Azure.Functions.Worker;
        public class Cats { [Function("Cats")] public int Run([HttpTrigger("get")] HttpRequest request) => 1; }
    """
}
WEB_PROJECT = {"src/Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>'}
GRPC = {
    "protos/cats.proto": 'syntax = "proto3"; service Cats { rpc Feed (Cat) returns (Cat); } message Cat { }',
    "src/CatsService.cs": """
        using Grpc.Core;
        public class CatsService : Cats.CatsBase {
            public override Task<Cat> Feed(Cat cat, ServerCallContext context) => null;
        }
    """,
}


def served(path: str) -> dict[str, str]:
    return {"src/Program.cs": f'{PROGRAM}app.MapGet("{path}", () => "hello");'}


@pytest.mark.parametrize(
    ("files", "frameworks"),
    [
        pytest.param(FUNCTION, ["Azure Functions"], id="types that functions are given"),
        pytest.param(FUNCTION | WEB_PROJECT, ["ASP.NET Core", "Azure Functions"], id="functions beside a web project"),
        pytest.param(FUNCTION | served("/a"), ["ASP.NET Core", "Azure Functions"], id="functions beside routes"),
        pytest.param(
            {
                "src/Type.cs": "namespace GraphQL.Shop.Types;\npublic class Cat { }",
                "src/Store.cs": "using GraphQL.Shop.Types;\nnamespace GraphQL.Shop;\npublic class Store { }",
            },
            [],
            id="a project that is called like a library",
        ),
    ],
)
def test_what_is_only_borrowed_or_called_alike_is_no_framework(files: dict[str, str], frameworks: list[str]) -> None:
    assert [use.name for use in facts_of(files).project.frameworks] == frameworks


@pytest.mark.parametrize(
    ("files", "styles"),
    [
        pytest.param(GRPC | served("/"), ["gRPC"], id="a greeting beside gRPC"),
        pytest.param(GRPC | served("/cats"), ["REST", "gRPC"], id="a resource beside gRPC"),
        pytest.param(served("/"), ["REST"], id="a greeting alone"),
    ],
)
def test_a_greeting_makes_no_style_of_its_own(files: dict[str, str], styles: list[str]) -> None:
    assert list(facts_of(files).api.styles) == styles


QUERY = "public class Cats { public Task<Cat> One() => connection.QueryAsync<Cat>(sql, new { id }); }"
USING = '<Project><ItemGroup><Using Include="Dapper" /></ItemGroup></Project>'


@pytest.mark.parametrize(
    ("files", "layers"),
    [
        pytest.param({"src/Cats.cs": QUERY, "src/Shop.csproj": USING}, ["Dapper"], id="a using of the project"),
        pytest.param({"src/Cats.cs": QUERY, "src/U.cs": "global using Dapper;"}, ["Dapper"], id="a global using"),
        pytest.param({"src/Cats.cs": QUERY}, [], id="a method of that name alone"),
        pytest.param({"src/Shop.csproj": USING, "src/Cats.cs": "public class Cats { }"}, [], id="a using alone"),
    ],
)
def test_usings_for_all_files_show_a_data_layer(files: dict[str, str], layers: list[str]) -> None:
    assert [layer.name for layer in facts_of(files).data.layers] == layers
