"""Which address shows which page."""

from django.contrib import admin
from django.urls import include, path

from leadops.health import health
from leadops.welcome import welcome

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("welcome/<str:token>/", welcome, name="welcome"),
    path("", include("qualification.urls")),
    path("", include("reporting.urls")),
    path("", include("leads.urls")),
    path("", include("handoff.urls")),
    path("", include("leadops.preferences")),
    path("", include("leadops.home")),
]
