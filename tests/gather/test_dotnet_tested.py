"""Which endpoints the tests of a C# project reach, by the ways in which they write the path or name the handler."""

from __future__ import annotations

import pytest

from tests.project import facts_of

APP = """
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/cats/{id}", (int id) => 1);
app.MapControllers();
"""
CONTROLLER = """
namespace Shop.Controllers;
[ApiController]
[Route("dogs")]
public class DogsController : ControllerBase
{
    [HttpGet] public IActionResult List() => Ok();
    [HttpPost] public IActionResult Add(Dog dog) => Ok();
}
"""
ENDPOINT = """
using FastEndpoints;
public class Feed : Endpoint<Request, Response> { public override void Configure() { Post("/feed"); } }
"""
ROUTES = 'namespace Shop.Tests;\npublic static class Routes { public static string Cat(int id) => $"/cats/{id}"; }\n'
CLASS = """
using Xunit;
using Shop.Controllers;
namespace Shop.Tests;
public class Cases
{{
    private readonly HttpClient _client;
    private readonly DogsController _dogs;
    private string Own(int id) {{ return "/cats/" + id; }}
    [Fact] public async Task Works() {{ {body} Assert.NotNull(answer); }}
}}
"""
BODIES = {
    "a helper of the file": ("var answer = await _client.GetAsync(Own(3));", ["GET /cats/{id}"]),
    "a helper of another file": ("var answer = await _client.GetAsync(Routes.Cat(3));", ["GET /cats/{id}"]),
    "a template whose parameter is replaced": (
        'const string url = "/cats/{id}"; var answer = await _client.GetAsync(url.Replace("{id}", "3"));',
        ["GET /cats/{id}"],
    ),
    "a message with its parts in braces": (
        "var answer = await _client.SendAsync(new HttpRequestMessage "
        '{ Method = HttpMethod.Get, RequestUri = new Uri("/cats/3", UriKind.Relative) });',
        ["GET /cats/{id}"],
    ),
    "a variable": (
        'var url = $"/cats/{Guid.NewGuid()}"; var answer = await _client.GetAsync(url);',
        ["GET /cats/{id}"],
    ),
    "the class of an endpoint": (
        "var answer = await App.Client.POSTAsync<Feed, Request, Response>(new());",
        ["POST /feed"],
    ),
    "an action called by itself": ("var answer = _dogs.Add(dog);", ["POST /dogs"]),
    "an action of a controller made here": (
        "var sut = new DogsController(repo); var answer = sut.List();",
        ["GET /dogs"],
    ),
    "a method of something else": ("var answer = _repository.Add(dog); _client.Dispose();", []),
    "another host": ('var answer = await _client.GetAsync("https://api.example-shop.com/cats/3");', []),
}


@pytest.mark.parametrize("body", BODIES)
def test_what_a_test_reaches(body: str) -> None:
    source, expected = BODIES[body]
    files = {
        "src/Program.cs": APP,
        "src/DogsController.cs": CONTROLLER,
        "src/Feed.cs": ENDPOINT,
        "tests/Shop.Tests/Routes.cs": ROUTES,
        "tests/Shop.Tests/Cases.cs": CLASS.format(body=source),
    }
    facts = facts_of(files)
    assert [f"{item.method} {item.path}" for item in facts.api.endpoints if item.tested] == expected
    if "_dogs" in source or "sut" in source:
        assert facts.tests.http == ()
