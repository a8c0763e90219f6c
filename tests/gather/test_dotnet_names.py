"""Which frameworks and API styles a C# project shows: what serves, not what a client or a tool imports."""

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
