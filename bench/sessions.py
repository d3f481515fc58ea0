"""How does a measurement log in? A session made straight in the database, for a user that plays a role."""

from __future__ import annotations

import http.client
import re
import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from leadops.accounts.models import User

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One keep-alive connection to loopback, logged in as `user`; times each request."""

    def __init__(self, port: int, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "leadops.accounts.backends.AddressBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.cookies = {settings.SESSION_COOKIE_NAME: session.session_key}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.text = ""

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, float]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | headers
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.text = answer.read().decode()
        took = time.perf_counter() - began
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, took

    def get(self, path: str, *, expect: int = 200, **headers: str) -> float:
        status, took = self._send("GET", path, None, headers)
        if status != expect:
            raise RuntimeError(f"{path} answered {status}")
        return took

    def post(self, path: str, fields: dict[str, str], *, expect: tuple[int, ...] = (200, 302), **headers: str) -> float:
        """Send a form; the token is the one of the page read last."""
        found = TOKEN.search(self.text)
        token = found.group(1) if found else self.cookies.get(settings.CSRF_COOKIE_NAME, "")
        body = urlencode({**fields, "csrfmiddlewaretoken": token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"} | headers
        status, took = self._send("POST", path, body, headers)
        if status not in expect:
            raise RuntimeError(f"{path} answered {status}")
        return took
