"""How does a measurement log in? A session made straight in the database, for a user that plays a role."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from leadops.accounts.models import User

BOUND = "a-bound-that-stands-in-no-file"
Statuses = tuple[int, ...]
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

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, float]:
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

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | Sequence[tuple[str, str]],
        *,
        expect: Statuses = (200, 302),
        **headers: str,
    ) -> float:
        """Send a form; the token is the one of the page read last."""
        pairs = [*(fields.items() if isinstance(fields, Mapping) else fields), ("csrfmiddlewaretoken", self.token)]
        return self.send(path, urlencode(pairs).encode(), "application/x-www-form-urlencoded", expect, headers)

    def post_file(self, path: str, fields: Mapping[str, str], file: Path, *, expect: Statuses = (302,)) -> float:
        """Send a form with a file in it."""
        part = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
        pairs = {**fields, "csrfmiddlewaretoken": self.token}
        body = "".join(f"{part.format(BOUND, name, '')}{value}\r\n" for name, value in pairs.items())
        head = part.format(BOUND, "file", f'; filename="{file.name}"')
        content = body.encode() + head.encode() + file.read_bytes() + f"\r\n--{BOUND}--\r\n".encode()
        return self.send(path, content, f"multipart/form-data; boundary={BOUND}", expect, {})

    @property
    def token(self) -> str:
        found = TOKEN.search(self.text)
        return found.group(1) if found else self.cookies.get(settings.CSRF_COOKIE_NAME, "")

    def send(self, path: str, body: bytes, kind: str, expect: Statuses, headers: Mapping[str, str]) -> float:
        """Send a body of some kind; the answer is one of those expected."""
        status, took = self._send("POST", path, body, {"Content-Type": kind, "Referer": "http://127.0.0.1/", **headers})
        if status not in expect:
            raise RuntimeError(f"{path} answered {status}")
        return took
