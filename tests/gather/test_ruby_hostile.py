"""Ruby that nobody wrote in good faith: read, or refused in words, and never slow, never raising anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.gather.languages.ruby.ruby import RUBY
from reviewer.gather.read import read_file
from reviewer.gather.reader import TooDeep

SECONDS = 4.0
DRAW = "Rails.application.routes.draw do\n"

REFUSED = {
    "calls": "a(" * 5_000 + ")" * 5_000,
    "chains": "a" + ".b(1)" * 3_000,
    "names": "x = a" + ".b" * 20_000,
    "lists": "[" * 3_000 + "]" * 3_000,
    "blocks": "a do\n" * 300 + "end\n" * 300,
}
READ = {
    "nearly too deep": "if a\n" * 60 + "end\n" * 60,
    "one long text": 'x = "' + "a" * 60_000 + '"',
    "gaps": 'x = "' + "#{a}" * 20_000 + '"',
    "here-documents": "".join(f"x{i} = <<~A\n b\nA\n" for i in range(5_000)),
    "open here-documents": "<<~A\n" * 3_000,
    "keywords": "f " + ", ".join(f"a{i}: 1" for i in range(8_000)),
    "formats": 'y = "%s" % a\n' * 3_000,
    "resources": DRAW + "".join(f"resources :a{i}\n" for i in range(8_000)) + "end",
    "resources in resources": DRAW + "resources :a do\n" * 60 + "end\n" * 61,
    "loops of loops of routes": DRAW + "%w[a b c d e f g h].each do |x|\n" * 8 + "resources x\n" + "end\n" * 9,
    "loops of loops of paths": "require 'sinatra'\n"
    + "%w[/a /b /c /d /e /f].each do |x|\n" * 9
    + "get(x) { 1 }\n"
    + "end\n" * 9,
    "concerns of themselves": DRAW + "concern(:a) { resources :x, concerns: [:a, :a, :a] }\nconcerns :a\nend",
    "optional parts": DRAW + 'get "' + "(/:a)" * 10_000 + '", to: "b#c"\nend',
    "open parts": DRAW + 'get "' + "(" * 60_000 + '", to: "b#c"\nend',
    "patterns of paths": "require 'sinatra'\nget %r{" + "(a" * 5_000 + "} do\nend",
    "examples": "describe X do\n" + "".join(f'it("{i}") {{ expect(a).to eq({i}) }}\n' for i in range(4_000)) + "end",
    "matchers": "class ATest < T::TestCase\n" + "should respond_with(:x)\n" * 4_000 + "end",
    "filters": "class AController < B\n" + "".join(f"before_action :require_{i}\n" for i in range(4_000)) + "end",
    "actions": "class AController < B\n" + "".join(f"def m{i}\n m{i + 1}\nend\n" for i in range(3_000)) + "end",
    "conditions": 'User.where("a = #{params[:x]}").order(:b).first\n' * 2_000,
    "tables": "ActiveRecord::Schema.define do\n" + 'create_table("a") { |t| t.string :b }\n' * 4_000 + "end",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_what_nests_too_deep_is_refused(source: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooDeep):
        RUBY.parse(source.encode(), "ruby")
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("source", READ.values(), ids=READ)
def test_everything_else_is_read_in_time(source: str) -> None:
    begun = time.process_time()
    read_file("ruby", source.encode())
    assert time.process_time() - begun < SECONDS


PIECES = [
    *("class A < B\n", "module C\n", "def d\n", "end\n", "do |x|\n", "{ |y| ", "}", "(", ")", "[", "]", "'", '"', "#{"),
    *(
        "get '/a' ",
        "resources :b ",
        "before_action :c",
        "it 'e' ",
        "expect(f)",
        ".to eq(1)",
        "where('g = ?', h)",
        "%w[",
    ),
    *(
        "<<~SQL\n",
        "SQL\n",
        " if i\n",
        "rescue => e\n",
        "unless j",
        "case k\nwhen 1",
        "@l ||= ",
        "&.m",
        "::N",
        "-> {",
        "\n",
    ),
    *(
        "describe O do\n",
        "namespace :p do\n",
        "route do |r|\n",
        "create_table :q do |t|\n",
        "class R < Grape::API\n",
        "=>",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_pieces_are_read(pieces: list[str]) -> None:
    read_file("ruby", "".join(pieces).encode())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    read_file("ruby", data)
