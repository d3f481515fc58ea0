"""What does the least that a web server can do with an enquiry cost: a bare Django view, one insert, no middleware?"""

from __future__ import annotations

import json
import secrets

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from leadops import embedded, environment

ADDRESS = environment.text("DATABASE_URL") or embedded.database_url(environment.home())
settings.configure(
    SECRET_KEY=secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.bare_intake",
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
    USE_TZ=True,
    DATABASES={"default": environment.database(ADDRESS) | {"CONN_MAX_AGE": None}},
)
django.setup()


def capture(request: HttpRequest) -> JsonResponse:
    """Keep what was sent."""
    payload = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_intake (payload, received_at) VALUES (%s, now()) RETURNING id", [json.dumps(payload)]
        )
        [key] = cursor.fetchone()
    answer = JsonResponse({"id": key}, status=202)
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer


urlpatterns = [path("api/v1/leads/", capture)]
application = get_wsgi_application()
