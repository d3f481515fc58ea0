"""LeadOps's settings: one file, everything that differs between installations from the environment."""

from pathlib import Path

import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from leadops import embedded, environment

BASE_DIR = environment.BASE_DIR
LEADOPS_HOME = environment.home()
LEADOPS_DEMO = environment.switch("LEADOPS_DEMO")
DEBUG = environment.switch("LEADOPS_DEBUG")

# Databases, cache and sessions: nothing here starts a server, addresses are only computed.
DATABASE_URL = environment.text("DATABASE_URL") or embedded.database_url(LEADOPS_HOME)
REDIS_URL = environment.text("REDIS_URL") or embedded.redis_url(LEADOPS_HOME)
IS_EMBEDDED = not environment.text("DATABASE_URL")
SECRET_KEY = environment.secret_key(LEADOPS_HOME if IS_EMBEDDED else None)
DATABASES = {
    "default": environment.database(DATABASE_URL)
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": False},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "leadops_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Where it is reached
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS")
IS_HTTPS = environment.switch("LEADOPS_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# How many proxies of ours a request passes, each adding whence it came
LEADOPS_PROXIES = int(environment.text("LEADOPS_PROXIES", "0"))
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "leadops_session"
CSRF_COOKIE_NAME = "leadops_csrf"
X_FRAME_OPTIONS = "DENY"
ROOT_URLCONF = "leadops.urls"
WSGI_APPLICATION = "leadops.wsgi.application"

INSTALLED_APPS = [
    "leadops",
    "leadops.accounts",
    "leads",
    "qualification",
    "handoff",
    "reporting",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "lucide",
    "rest_framework",
    "rules",
]

MIDDLEWARE = [
    "leadops.api.middleware.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "leadops.api.middleware.ShortWayMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "leadops.powers.PowersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leadops.preferences.ReaderMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leadops.navigation.menu",
                "leadops.preferences.theme",
            ],
        },
    },
]

# Who may come in: by email address, without user names
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "leadops.accounts.backends.AddressBackend",
]
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # reading changes nothing
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "leadops.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "leadops_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files and forms
# A file of 1,000 columns is mapped in one form, and each of 750 words of a column of history is given a meaning.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("LEADOPS_STATIC") or LEADOPS_HOME / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = LEADOPS_HOME / "uploads"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "leadops.static_files.Hashed"
    if IS_EMBEDDED
    else "leadops.static_files.Compressed"  # takes its time, pays over a network
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Celery: a message only says "look"; what there is to do stands in PostgreSQL.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 0.3,
    "socket_timeout": 1,
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "UTC"
# Imports and errands take their time: they have a queue of their own, beside which there is always a process for everything else.
CELERY_TASK_ROUTES = {name: {"queue": "imports"} for name in ("leads.tasks.import_files", "leads.tasks.run_errands")}
# What is sent again and again expires: a worker that was away for a day need not look as often as it was told to.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "judge intake": {"task": "leads.tasks.judge_intake", "schedule": 15.0, "options": {"expires": 15}},
    "settle forms": {"task": "leads.tasks.settle_forms", "schedule": 15.0, "options": {"expires": 15}},
    "fill search": {"task": "leads.tasks.fill_search", "schedule": 10.0, "options": {"expires": 10}},
    "scan duplicates": {"task": "leads.tasks.scan_duplicates", "schedule": crontab(hour="2", minute="40")},
    "find duplicates": {"task": "leads.tasks.find_duplicates", "schedule": 60.0, "options": {"expires": 60}},
    "import files": {"task": "leads.tasks.import_files", "schedule": 15.0, "options": {"expires": 15}},
    "run errands": {"task": "leads.tasks.run_errands", "schedule": 15.0, "options": {"expires": 15}},
    "look at call lists": {"task": "leads.tasks.look_at_call_lists", "schedule": crontab(minute="5")},
    "finish imports": {"task": "leads.tasks.finish_imports", "schedule": 5.0, "options": {"expires": 5}},
    "judge leads": {"task": "qualification.tasks.judge", "schedule": 5.0, "options": {"expires": 5}},
    "wake nurtured leads": {"task": "qualification.tasks.wake", "schedule": 60.0, "options": {"expires": 60}},
    "fade points": {"task": "qualification.tasks.touch_fading", "schedule": crontab(hour="1", minute="10")},
    "keep follow-up days": {"task": "reporting.tasks.keep_follow_up_days", "schedule": crontab(minute="15")},
    "keep tallies": {"task": "reporting.tasks.keep_tallies", "schedule": crontab(minute="25")},
    "assign leads": {"task": "handoff.tasks.assign", "schedule": 5.0, "options": {"expires": 5}},
    "take up pasts": {"task": "handoff.tasks.take_up_past", "schedule": 15.0, "options": {"expires": 15}},
    "straighten handoffs": {"task": "handoff.tasks.straighten", "schedule": 60.0, "options": {"expires": 60}},
    "flag what lies": {"task": "handoff.tasks.flag", "schedule": 60.0, "options": {"expires": 60}},
    "find what lies unflagged": {
        "task": "handoff.tasks.flag",
        "schedule": crontab(minute="40"),
        "kwargs": {"is_thorough": True},
    },
    "record broken promises": {"task": "handoff.tasks.record_broken", "schedule": 60.0, "options": {"expires": 60}},
    "find promises broken long ago": {
        "task": "handoff.tasks.record_broken",
        "schedule": crontab(hour="2", minute="10"),
        "kwargs": {"is_thorough": True},
    },
    "send notices": {"task": "leadops.accounts.tasks.send_notices", "schedule": 30.0, "options": {"expires": 30}},
}

# The API: JSON in and out, by token. How many requests a minute a process takes of one token, by kind.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["leadops.api.authentication.TokenAuthentication"],
    "DEFAULT_THROTTLE_CLASSES": ["leadops.api.throttling.TokenThrottle"],
    "DEFAULT_SCHEMA_CLASS": "leadops.api.schema.Schema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "leadops.api.negotiation.JsonAlone",
    "URL_FORMAT_OVERRIDE": None,
}
API_REQUESTS_A_MINUTE = {
    "intake": int(environment.text("LEADOPS_API_INTAKE_A_MINUTE", "120000")),
    "other": int(environment.text("LEADOPS_API_REQUESTS_A_MINUTE", "1200")),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "LeadOps",
    "VERSION": "1",
    "DESCRIPTION": "Send enquiries and files in, work leads, and read what became of them. What a token sees is what its user may see.",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "PREPROCESSING_HOOKS": ["leadops.api.schema.of_this_version"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "leadops.api.schema.with_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StageEnum": "leads.stages.Stage",
        "ChannelEnum": "leads.stages.Channel",
        "FollowUpKindEnum": "handoff.models.FollowUp.Kind",
        "SideEnum": "qualification.models.Signature.Side",
    },
}

# Mail: written to the log until a server is named; links in it begin with this installation's address
LEADOPS_URL = environment.text("LEADOPS_URL", "http://127.0.0.1:8000").rstrip("/")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if environment.text("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.switch("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "LeadOps <leadops@localhost>")

# Logs: one line an event, whoever writes it
_KNOWN_OF_EACH: list[structlog.typing.Processor] = [
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        *_KNOWN_OF_EACH,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            "foreign_pre_chain": _KNOWN_OF_EACH,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LEADOPS_LOG_LEVEL", "WARNING")},
}
