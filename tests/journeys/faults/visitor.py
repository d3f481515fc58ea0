"""Somebody who uses the web server over HTTP, without JavaScript, and how long each answer takes."""

from __future__ import annotations

import re
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """A browser's cookies, and the slowest answer so far in seconds."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.text = ""
        self.slowest = 0.0

    def open(self, path: str, body: bytes | None = None, **headers: str) -> str:
        """Ask for a page and follow where it leads; return the path where that ends. Raises HTTPError from 400 on."""
        asked = urllib.request.Request(f"{self.address}{path}", body, headers)  # noqa: S310 - our own address
        began = time.monotonic()
        with self.opener.open(asked, timeout=60) as answer:
            self.text = answer.read().decode()
            self.slowest = max(self.slowest, time.monotonic() - began)
            return str(answer.url).removeprefix(self.address)

    def token(self) -> str:
        found = TOKEN.search(self.text)
        assert found, "there is no form on the page read last"
        return found.group(1)

    def post(self, path: str, **fields: str) -> str:
        return self.open(path, urlencode(fields | {"csrfmiddlewaretoken": self.token()}).encode())

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> str:
        mark = uuid4().hex
        parts = [
            f'name="{key}"\r\n\r\n{value}' for key, value in (fields | {"csrfmiddlewaretoken": self.token()}).items()
        ]
        parts.append(f'name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{content.decode()}')
        body = "".join(f"--{mark}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + f"--{mark}--\r\n"
        return self.open(path, body.encode(), **{"Content-Type": f"multipart/form-data; boundary={mark}"})

    def log_in(self, email: str, password: str) -> None:
        self.open("/accounts/login/")
        assert self.post("/accounts/login/", login=email, password=password) != "/accounts/login/", "not logged in"
