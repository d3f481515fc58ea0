"""In which language, time zone and theme does this reader want the pages?"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import path
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leadops.accounts.models import User

THEME_COOKIE = "leadops_theme"
THEMES = ("system", "light", "dark")
YEAR = 366 * 24 * 3600


def theme(request: HttpRequest) -> dict[str, object]:
    """Context processor: the theme kept in the reader's cookie, the system's own where there is none."""
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return {"theme": kept if kept in THEMES else "system"}


class ReaderMiddleware:
    """Write pages in the language and time zone of whoever is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the reader's language and zone in force."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        language, zone = request.user.language, request.user.time_zone
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zone):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the reader came from, never to another site."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if is_ours else "/")


def _keep(response: HttpResponse, cookie: str, value: str) -> HttpResponse:
    response.set_cookie(
        cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie of this browser."""
    chosen = request.POST.get("theme", "")
    return _keep(_back(request), THEME_COOKIE, chosen) if chosen in THEMES else HttpResponseBadRequest()


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language with the user, and in a cookie for when they are logged out."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return _keep(_back(request), settings.LANGUAGE_COOKIE_NAME, chosen)


urlpatterns = [
    path("preferences/theme/", choose_theme, name="choose-theme"),
    path("preferences/language/", choose_language, name="choose-language"),
]
