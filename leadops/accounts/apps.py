"""The ground: users, teams, roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leadops.accounts"
    label = "accounts"
