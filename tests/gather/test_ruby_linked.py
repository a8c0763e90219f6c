"""What only several files of Ruby together tell: which tests reach a route, whose layer queries are, whose names."""

from __future__ import annotations

import pytest

from reviewer.gather.frameworks.ruby._guards import is_guarding
from reviewer.gather.frameworks.ruby._inflect import camelized, controller_class, plural, singular, underscored
from reviewer.gather.kinds import kind_of
from reviewer.model.facts.code import SignKind
from tests.project import facts_of

ROUTES = """
Rails.application.routes.draw do
  root "home#index"
  namespace :api do
    resources :users, only: %i[index show new create] do
      resources :posts, only: :index
      get :active, on: :collection
      post :ban, on: :member
    end
  end
  resource :profile, only: :show
  get "/help/me", to: "help#me"
end
"""
REQUESTS = {
    "get api_users_path": ["GET /api/users"],
    "post api_users_url, params: {}": ["POST /api/users"],
    "get api_user_path(user)": ["GET /api/users/{id}"],
    "get new_api_user_path": ["GET /api/users/new"],
    "get api_user_posts_path(user)": ["GET /api/users/{user_id}/posts"],
    "get active_api_users_path": ["GET /api/users/active"],
    "post ban_api_user_path(user)": ["POST /api/users/{id}/ban"],
    "get profile_path": ["GET /profile"],
    "get help_me_path": ["GET /help/me"],
    "get root_url": ["GET /"],
    'get "/api/users/#{user.id}"': ["GET /api/users/{id}"],
    "get unknown_path": [],
    "delete api_users_path": [],
}


@pytest.mark.parametrize(("request_line", "reached"), REQUESTS.items(), ids=REQUESTS)
def test_requests_reach_routes_by_their_names(request_line: str, reached: list[str]) -> None:
    spec = f"require 'rails_helper'\nRSpec.describe 'x' do\n  it('y') {{ {request_line} }}\nend\n"
    facts = facts_of({"config/routes.rb": ROUTES, "spec/requests/x_spec.rb": spec})
    assert [f"{item.method} {item.path}" for item in facts.api.endpoints if item.tested] == reached


def test_tests_of_controllers_reach_their_own_actions() -> None:
    facts = facts_of(
        {
            "config/routes.rb": "Rails.application.routes.draw do\n resources :a, :b, only: :index\nend\n",
            "app/controllers/a_controller.rb": "class AController < ApplicationController\n def index; end\nend\n",
            "app/controllers/b_controller.rb": "class BController < ApplicationController\n def index; end\nend\n",
            "test/controllers/a_controller_test.rb": "class AControllerTest < ActionController::TestCase\n"
            "  test 'lists' do\n    get :index\n    assert_response :success\n  end\nend\n",
        }
    )
    assert [item.path for item in facts.api.endpoints if item.tested] == ["/a"]


QUERY = "class Search\n  def run\n    User.where(name: 'x').first\n  end\nend\n"
LAYERS = {
    "a model of Active Record": ("class User < ApplicationRecord\nend\n", ["Active Record"]),
    "a model of Sequel": ("class User < Sequel::Model\nend\n", ["Sequel"]),
    "a document of Mongoid": ("class User\n  include Mongoid::Document\nend\n", []),
    "nothing": ("class User\nend\n", []),
}


@pytest.mark.parametrize(("model", "layers"), LAYERS.values(), ids=LAYERS)
def test_queries_belong_to_the_layer_that_models_show(model: str, layers: list[str]) -> None:
    facts = facts_of({"app/models/user.rb": model, "app/services/search.rb": QUERY})
    assert [item.fact.layer for item in facts.data.statements] == layers


COMPARED = "post '/login' do\n  halt 401 unless user.password == params[:password]\nend\n"


@pytest.mark.parametrize(
    ("model", "weak"),
    [("class User\n  include BCrypt\nend\n", 0), ("class User\nend\n", 1)],
    ids=["bcrypt's objects are compared so", "clear text"],
)
def test_a_password_that_is_compared(model: str, weak: int) -> None:
    facts = facts_of({"app.rb": COMPARED, "user.rb": model})
    assert len(facts.code.of(SignKind.PASSWORD_WEAK)) == weak


WORDS = [
    ("article", "articles"), ("category", "categories"), ("day", "days"), ("address", "addresses"), ("box", "boxes"),
    ("person", "people"), ("status", "statuses"), ("news", "news"), ("user_profile", "user_profiles"),
    ("child", "children"), ("match", "matches"), ("menu", "menus"), ("wish", "wishes"), ("movie", "movies"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), WORDS, ids=[one for one, _ in WORDS])
def test_singular_and_plural(one: str, many: str) -> None:
    assert (plural(one), singular(many)) == (many, one)


def test_names_of_classes_and_paths() -> None:
    assert camelized("api/v1/user_profiles") == "Api.V1.UserProfiles"
    assert controller_class("admin/users") == "Admin.UsersController"
    assert controller_class("UsersController") == "UsersController"
    assert underscored("Api.V1.UserProfilesController") == "api/v1/user_profiles_controller"
    assert underscored("HTMLPage") == "html_page"


GUARDS = [
    "authenticate_user!", "require_login", "logged_in_user", "authorize", "admin_only!", "ensure_signed_in",
    "doorkeeper_authorize!", "verify_token", "correct_user", "check_permission", "authenticate_api_key", "protected!",
]  # fmt: skip
NO_GUARDS = [
    "set_user", "load_article", "set_current_user", "verify_authenticity_token", "configure_permitted_parameters",
    "set_locale", "require_params", "skip_session", "redirect_if_logged_in", "find_author", "track_visit",
]  # fmt: skip


@pytest.mark.parametrize("name", GUARDS)
def test_names_of_guards(name: str) -> None:
    assert is_guarding(name)


@pytest.mark.parametrize("name", NO_GUARDS)
def test_names_of_other_filters(name: str) -> None:
    assert not is_guarding(name)


@pytest.mark.parametrize("path", ["app.rb", "lib/tasks/db.rake", "Rakefile", "config.ru", "app/views/a.json.jbuilder"])
def test_files_of_ruby(path: str) -> None:
    assert kind_of(path) == "ruby"


def test_a_record_of_the_schema_is_no_code_in_its_language() -> None:
    files = {"app.rb": "puts 1\n", "db/structure.sql": "CREATE TABLE users (id bigint);\n"}
    assert [item.name for item in facts_of(files).project.languages] == ["Ruby"]
    files["db/seeds.sql"] = "INSERT INTO users VALUES (1);\n"
    assert sorted(item.name for item in facts_of(files).project.languages) == ["Ruby", "SQL"]


TODO = "class Todo\n  include Mongoid::Document\n  field :title, type: String\nend\n"
ASKING = """require "sinatra"
get "/todos" do
  Todo.where(done: true).limit(5)
  Other.where(a: 1)
  Todo.find(params[:id])
end
"""


def test_documents_are_asked_from_other_files() -> None:
    facts = facts_of({"models/todo.rb": TODO, "routes/todos.rb": ASKING})
    found = [(sign.fact.detail, sign.fact.line) for sign in facts.code.of(SignKind.NOSQL_QUERY)]
    assert found == [("Todo.where", 3), ("Todo.find one", 5)]
    assert [sign.fact.line for sign in facts.code.of(SignKind.NOSQL_BOUNDED)] == [3]


def test_records_are_no_documents() -> None:
    facts = facts_of({"models/todo.rb": "class Todo < ActiveRecord::Base\nend\n", "routes/todos.rb": ASKING})
    assert not facts.code.of(SignKind.NOSQL_QUERY)
    assert [item.fact.line for item in facts.data.statements] == [3, 4, 5]
