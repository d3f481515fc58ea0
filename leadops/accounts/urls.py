"""Which address shows the tokens?"""

from django.urls import path

from leadops.accounts import views

urlpatterns = [
    path("", views.token_list, name="settings-tokens"),
    path("<int:pk>/revocation/", views.token_revocation, name="settings-token-revocation"),
]
