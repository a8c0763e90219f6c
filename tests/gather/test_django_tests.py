"""What tests of Django projects reach by the names of routes, and which of their assertions stand in other files."""

from __future__ import annotations

import pytest

from tests.project import facts_of

APP = {
    "shop/urls.py": """
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from . import views
router = SimpleRouter()
router.register("recipes", views.RecipeSet)
router.register("orders", views.OrderSet, basename="purchase")
urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("users/<int:pk>/", views.User.as_view(), name="user-detail"),
    path("", include(router.urls)),
]
""",
    "shop/views.py": """
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.views import APIView
class Login(APIView):
    def post(self, request): ...
class User(APIView):
    def get(self, request, pk): ...
class RecipeSet(viewsets.ReadOnlyModelViewSet):
    @action(detail=True, methods=["post"])
    def like_it(self, request, pk): ...
class OrderSet(viewsets.ReadOnlyModelViewSet): ...
""",
}
ASKS = {
    "by name": ("self.client.post(reverse('login'))", ["POST /login"]),
    "in a namespace": ("self.client.post(reverse('shop:login'))", ["POST /login"]),
    "by a keyword": ("self.client.post(reverse(viewname='login'))", ["POST /login"]),
    "with a query behind it": ("self.client.post(reverse('login') + '?next=/')", ["POST /login"]),
    "with a query in the same text": ("self.client.post(f\"{reverse('login')}?next={self.next}\")", ["POST /login"]),
    "by a constant of the module": ("self.client.post(LOGIN)", ["POST /login"]),
    "by a constant of another file": ("self.client.post(reverse(LOGIN_NAME))", ["POST /login"]),
    "by a field of the case": ("self.client.post(self.login)", ["POST /login"]),
    "by a name in a field of the case": ("self.client.post(reverse(self.named))", ["POST /login"]),
    "by a helper": ("self.client.get(user_url(1))", ["GET /users/{pk}"]),
    "by a method of the case": ("self.client.get(self.user(1))", ["GET /users/{pk}"]),
    "a view set's list": ("self.client.get(reverse('recipe-list'))", ["GET /recipes"]),
    "a view set's item": ("self.client.get(reverse('recipe-detail', args=[1]))", ["GET /recipes/{pk}"]),
    "a view set's action": ("self.client.post(reverse('recipe-like-it', args=[1]))", ["POST /recipes/{pk}/like_it"]),
    "a view set under its own name": ("self.client.get(reverse('purchase-list'))", ["GET /orders"]),
    "a view set under its path, that has a name": ("self.client.get(reverse('order-list'))", []),
    "another method": ("self.client.put(reverse('login'))", []),
    "a name that is nowhere": ("self.client.post(reverse('logout'))", []),
    "a path made of more": ("self.client.get(reverse('login') + 'more/')", []),
    "a helper that could mean two": ("self.client.get(either(1))", []),
}
TEST = """
from django.urls import reverse
from rest_framework.test import APITestCase
from .names import LOGIN_NAME
LOGIN = reverse("login")
def user_url(pk):
    return reverse("user-detail", args=[pk])
def either(pk):
    return reverse("login") if pk else reverse("recipe-list")
class Cases(APITestCase):
    login = reverse("login")
    named = "login"
    def user(self, pk):
        url = reverse("user-detail", kwargs={"pk": pk})
        return url
    def test_it(self):
        answer = ASK
        self.assertEqual(answer.status_code, 200)
"""


@pytest.mark.parametrize("case", ASKS)
def test_endpoints_asked_for_by_name(case: str) -> None:
    asked, reached = ASKS[case]
    files = {
        **APP,
        "shop/tests/names.py": "LOGIN_NAME = 'login'\n",
        "shop/tests/test_it.py": TEST.replace("ASK", asked),
    }
    assert [f"{item.method} {item.path}" for item in facts_of(files).api.endpoints if item.tested] == reached


BASE = """
from rest_framework.test import APITestCase
class ViewTestCase(APITestCase):
    def client_error_test(self, response, status=400):
        self.assertEqual(response.status_code, status)
    def prepare(self):
        self.user = make_user()
def has_items(response):
    assert response.data["items"]
"""
HELPED = {
    "a method of a base in another file": ("self.client_error_test(answer)", (1, True)),
    "a method of a base that is handed an error": ("self.client_error_test(answer, status=403)", (1, True)),
    "an imported function": ("has_items(answer)", (1, False)),
    "a method that asserts nothing": ("self.prepare()", (0, False)),
    "a function that is not imported": ("had_items(answer)", (0, False)),
    "its own assertion beside it": ("self.client_error_test(answer); assert answer", (1, False)),
}


@pytest.mark.parametrize("case", HELPED)
def test_assertions_in_other_files(case: str) -> None:
    called, expected = HELPED[case]
    test = f"""
from shop.base import ViewTestCase, has_items
class Lists(ViewTestCase):
    def test_it(self):
        answer = self.client.get("/items/")
        {called}
"""
    found = facts_of({"shop/base.py": BASE, "shop/tests.py": test}).tests.cases
    assert [(item.fact.assertions, item.fact.negative) for item in found] == [expected]


NAMED = {
    "a base for tests": ("class Login(BaseTest):", ["Login.test_it"]),
    "a base for tests of one kind": ("class Login(api.APITestSetup):", ["Login.test_it"]),
    "any base": ("class Login(View):", []),
    "a base that is attested": ("class Login(AttestedView):", []),
    "no base": ("class Login:", []),
}


@pytest.mark.parametrize("case", NAMED)
def test_cases_of_classes_with_other_names(case: str) -> None:
    head, names = NAMED[case]
    test = f"from shop.base import *\n{head}\n    def test_it(self):\n        assert self.client.get('/x')\n"
    assert [item.fact.name for item in facts_of({"shop/tests/test_a.py": test}).tests.cases] == names
