"""Views that Django, Django REST framework and libraries around them bring, by the methods that they answer."""

from __future__ import annotations

GENERIC_VIEWS = {
    "ListAPIView": ("GET",),
    "RetrieveAPIView": ("GET",),
    "CreateAPIView": ("POST",),
    "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"),
    "ListCreateAPIView": ("GET", "POST"),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"),
    "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
    "ObtainAuthToken": ("POST",),
    "TokenObtainPairView": ("POST",),
    "TokenRefreshView": ("POST",),
    "TokenVerifyView": ("POST",),
    "TokenBlacklistView": ("POST",),
    "TokenObtainSlidingView": ("POST",),
    "TokenRefreshSlidingView": ("POST",),
    "ObtainJSONWebToken": ("POST",),
    "RefreshJSONWebToken": ("POST",),
    "VerifyJSONWebToken": ("POST",),
    "obtain_auth_token": ("POST",),
    "obtain_jwt_token": ("POST",),
    "refresh_jwt_token": ("POST",),
    "verify_jwt_token": ("POST",),
}
"""Django REST framework's generic views and those of its token libraries, by the methods that they answer."""
PAGE_VIEWS = {
    "TemplateView": ("GET",),
    "ListView": ("GET",),
    "DetailView": ("GET",),
    "RedirectView": ("GET",),
    "ArchiveIndexView": ("GET",),
    "YearArchiveView": ("GET",),
    "MonthArchiveView": ("GET",),
    "DayArchiveView": ("GET",),
    "FormView": ("GET", "POST"),
    "CreateView": ("GET", "POST"),
    "UpdateView": ("GET", "POST"),
    "DeleteView": ("GET", "POST"),
    "LoginView": ("GET", "POST"),
    "LogoutView": ("GET", "POST"),
    "PasswordChangeView": ("GET", "POST"),
    "PasswordResetView": ("GET", "POST"),
    "PasswordResetConfirmView": ("GET", "POST"),
    "PasswordResetDoneView": ("GET",),
    "PasswordResetCompleteView": ("GET",),
    "PasswordChangeDoneView": ("GET",),
    "TodayArchiveView": ("GET",),
    "WeekArchiveView": ("GET",),
    "DateDetailView": ("GET",),
    "FilterView": ("GET",),
    "SingleTableView": ("GET",),
    "SearchView": ("GET",),
    "SignupView": ("GET", "POST"),
    "SessionWizardView": ("GET", "POST"),
    "CookieWizardView": ("GET", "POST"),
    "NamedUrlSessionWizardView": ("GET", "POST"),
    "CreateWithInlinesView": ("GET", "POST"),
    "UpdateWithInlinesView": ("GET", "POST"),
    "BSModalCreateView": ("GET", "POST"),
    "BSModalUpdateView": ("GET", "POST"),
    "BSModalDeleteView": ("GET", "POST"),
    "BSModalReadView": ("GET",),
}
"""Generic views of Django and of libraries around it, which show pages, by the methods that they answer."""
API_LIBRARIES = ("dj_rest_auth.", "rest_auth.", "knox.", "djoser.", "oauth2_provider.", "rest_framework")
API_VIEWS = {
    "LoginView": ("POST",),
    "LogoutView": ("POST",),
    "LogoutAllView": ("POST",),
    "PasswordChangeView": ("POST",),
    "PasswordResetView": ("POST",),
    "PasswordResetConfirmView": ("POST",),
    "UserDetailsView": ("GET", "PUT", "PATCH"),
    "RegisterView": ("POST",),
    "VerifyEmailView": ("POST",),
    "ResendEmailVerificationView": ("POST",),
    "SocialLoginView": ("POST",),
    "SocialConnectView": ("POST",),
    "TokenView": ("POST",),
    "RevokeTokenView": ("POST",),
}
"""Views of libraries that answer JSON under names which mean pages in Django itself."""


def methods_of_base(full: str) -> tuple[tuple[str, ...], bool]:
    """The methods of a library's view by its full name, and whether it shows pages; () for one that is not known."""
    name = full.rpartition(".")[2]
    if full.startswith(API_LIBRARIES) and name in API_VIEWS:
        return API_VIEWS[name], False
    if name in PAGE_VIEWS:
        return PAGE_VIEWS[name], True
    return GENERIC_VIEWS.get(name, ()), False
