"""Settings, read from the environment; every value has a default that is safe on one machine."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from shuzheng.infrastructure.database.rules import socket_folder
from shuzheng.site.folders import data_folder
from shuzheng.site.logs import is_trouble
from shuzheng.site.rooms import rooms
from shuzheng.site.secrets import session_keys

PROJECT_FOLDER = Path(__file__).resolve().parents[3]
DATA_FOLDER = data_folder(PROJECT_FOLDER)
SHARED_FOLDER = Path(os.environ.get("SHUZHENG_SHARED", PROJECT_FOLDER.parent / "shared"))
CITY_FOLDER = PROJECT_FOLDER / "cities" / os.environ.get("CITY", "quzhou")
DEMONSTRATION = os.environ.get("SHUZHENG_DEMONSTRATION", "") == "1"
DEBUG = False
SECRET_KEY, *SECRET_KEY_FALLBACKS = session_keys(DATA_FOLDER)
HTTPS = os.environ.get("SHUZHENG_HTTPS", "") == "1"
ALLOWED_HOSTS = os.environ.get("SHUZHENG_HOSTS", "127.0.0.1,localhost").split(",")


PLANNED_AFTER = 2
"""So often a connection plans a prepared read (``Prepared``) anew before it keeps the plan."""


def public_address(environment: Mapping[str, str], *, host: str, is_secure: bool) -> str:
    """Return where everyone reaches the house: licences carry it for years, in words and as QR."""
    if given := environment.get("SHUZHENG_ADDRESS"):
        return given.rstrip("/")
    return f"https://{host}" if is_secure else f"http://127.0.0.1:{environment.get('PORT', 8000)}"


PUBLIC_ADDRESS = public_address(os.environ, host=ALLOWED_HOSTS[0], is_secure=HTTPS)


def database(url: str) -> dict[str, object]:
    """Turn ``postgresql://user:password@host/name?host=/socket`` into Django's settings."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8},
            "prepare_threshold": PLANNED_AFTER,
            **query,
        },
        # A connection that died with its server would fail the next request, hours later.
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL")
        or f"postgresql://shuzheng@/shuzheng?host={socket_folder(DATA_FOLDER)}"
    )
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    *rooms(),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "shuzheng.site",
]
MIDDLEWARE = [
    *(["shuzheng.site.loopback.LoopbackOnly"] if DEMONSTRATION else []),
    *(["shuzheng.site.proxy.BehindProxy"] if HTTPS and not DEMONSTRATION else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shuzheng.infrastructure.web.pages.headers.HeadersMiddleware",
    "shuzheng.infrastructure.web.pages.left_in_chinese.LeftInChineseMiddleware",
    "shuzheng.site.reading.OneVersion",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shuzheng.support.identity.pages.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "shuzheng.infrastructure.web.pages.refusals.RefusalMiddleware",
    "shuzheng.infrastructure.web.pages.ways.GettableMiddleware",
    "shuzheng.infrastructure.web.pages.plain_text.PlainTextMiddleware",
]
CSRF_FAILURE_VIEW = "shuzheng.infrastructure.web.pages.errors.stale_form"
LOGIN_URL = "/accounts/login/"
ROOT_URLCONF = "shuzheng.site.urls"
WSGI_APPLICATION = "shuzheng.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.csrf",
                "shuzheng.infrastructure.web.pages.context.house",
                "shuzheng.support.identity.pages.context.identity",
                "shuzheng.support.messages.pages.messages",
            ],
            "libraries": {
                "ui": "shuzheng.infrastructure.web.pages.ui",
                "drawn": "shuzheng.infrastructure.web.pages.drawn",
            },
        },
    }
]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "shuzheng.site.static.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SESSION_ENGINE = "shuzheng.support.identity.pages.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
REQUEST_MAX_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "shuzheng.site.logs.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "jobs": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["trouble"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "filters": {
        "trouble": {
            "()": "django.utils.log.CallbackFilter",
            "callback": is_trouble,
        }
    },
    "loggers": {
        "procrastinate": {"level": "INFO", "handlers": ["jobs"], "propagate": False},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts (support/identity): people sign in with a user name; who they are is another question.
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["shuzheng.support.identity.pages.sessions.AccountBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = False
# Wrong passwords are counted by the room in PostgreSQL, for all processes; codes of a second factor
# by the framework, five in five minutes an account.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
ACCOUNT_ADAPTER = "shuzheng.support.identity.pages.adapter.AccountAdapter"
MFA_ADAPTER = "shuzheng.support.identity.pages.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
MFA_FORMS = {"add_webauthn": "shuzheng.support.identity.pages.passkeys.AddPasskeyForm"}
MFA_TOTP_ISSUER = "数政"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "shuzheng.support.identity.pages.passwords.LongEnough",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
