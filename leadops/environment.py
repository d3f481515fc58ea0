"""What the environment says: addresses, switches and lists, read once by the settings."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


class Unset(Exception):
    """A setting that must be given in the environment is missing or cannot be read."""


def text(name: str, default: str = "") -> str:
    """Return the variable `name` without surrounding blanks, or `default` when it is empty."""
    return os.environ.get(name, "").strip() or default


def switch(name: str) -> bool:
    """Tell whether the variable `name` is switched on."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def listing(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable `name`."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def home() -> Path:
    """Return the folder where state lives: LEADOPS_HOME, or `var` beside the code."""
    return Path(text("LEADOPS_HOME") or BASE_DIR / "var").expanduser().absolute()


def database(url: str) -> dict[str, object]:
    """Return Django's description of the PostgreSQL database at `url`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Unset("DATABASE_URL must begin with postgres:// or postgresql://")
    options = dict(parse_qsl(parts.query))
    # What is prepared (leads.prepared) is planned once, for any values.
    options["options"] = f"-c plan_cache_mode=force_generic_plan {options.get('options', '')}".rstrip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def secret_key(keep_in: Path | None) -> str:
    """Return LEADOPS_SECRET_KEY, or one made once and kept in the folder `keep_in` for its owner's eyes only."""
    given = text("LEADOPS_SECRET_KEY")
    if given:
        return given
    if keep_in is None:
        raise Unset("LEADOPS_SECRET_KEY is required when DATABASE_URL is given")
    path = keep_in / "secret_key"
    try:
        if not path.exists():
            write_once(path, secrets.token_urlsafe(50))
        return path.read_text()
    except OSError as error:
        raise Unset(f"{path} cannot be used: {error.strerror}; set LEADOPS_HOME to a folder of yours") from error


def write_once(path: Path, content: str) -> None:
    """Write `content` to `path` with mode 600 in one step; whoever comes second keeps the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
