"""Which address shows which page."""

from django.contrib import admin
from django.urls import include, path

from leadops.health import health
from leadops.welcome import welcome

api = [
    path("", include("leads.api.urls")),
    path("", include("qualification.api")),
    path("", include("handoff.api.urls")),
    path("", include("reporting.api")),
]
urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include((api, "api-v1"))),
    path("api/", include("leadops.api.urls")),
    path("health/", health, name="health"),
    path("welcome/<str:token>/", welcome, name="welcome"),
    path("", include("qualification.urls")),
    path("", include("reporting.urls")),
    path("", include("leads.urls")),
    path("", include("handoff.urls")),
    path("settings/tokens/", include("leadops.accounts.urls")),
    path("", include("leadops.administration.urls")),
    path("", include("leadops.preferences")),
    path("", include("leadops.home")),
]
