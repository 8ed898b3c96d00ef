"""Settings, read from the environment; every value has a default that is safe on one machine."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from shuzheng.site.rooms import rooms

PROJECT_FOLDER = Path(__file__).resolve().parents[3]
DATA_FOLDER = Path(os.environ.get("SHUZHENG_DATA", PROJECT_FOLDER / ".data"))
CITY_FOLDER = PROJECT_FOLDER / "cities" / os.environ.get("CITY", "quzhou")
DEMONSTRATION = os.environ.get("SHUZHENG_DEMONSTRATION", "") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("SHUZHENG_SESSION_KEY", "only-for-tests-replaced-at-start")
ALLOWED_HOSTS = os.environ.get("SHUZHENG_HOSTS", "127.0.0.1,localhost,testserver").split(",")


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
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **query},
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", f"postgresql://shuzheng@/shuzheng?host={DATA_FOLDER}/run")
    )
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
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
            ]
        },
    }
]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts (support/identity): people sign in with a user name; who they are is another question.
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
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
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # counted in PostgreSQL by the room, for all processes
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "数政"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
