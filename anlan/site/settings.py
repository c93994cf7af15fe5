"""Settings, read once from the environment. docs/reference/configuration.md lists every variable."""

import os
from ipaddress import ip_network
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from anlan.site.secrets import secret_key

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


ENV = os.environ.get("ANLAN_ENV", "demo")
PRODUCTION = ENV == "production"
DEBUG = False
DATA_DIR = Path(os.environ.get("ANLAN_DATA_DIR", "var")).resolve()
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = os.environ.get("ANLAN_HOSTS", "*" if not PRODUCTION else "").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ANLAN_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "anlan.site",
    "anlan.kernel",
    "anlan.places",
    "anlan.people",
    "anlan.standards",
    "anlan.evidence",
    "anlan.notices",
    "anlan.register",
    "anlan.campaigns",
    "anlan.duty",
    "anlan.inspections",
    "anlan.hazards",
    "anlan.enforcement",
    "anlan.figures",
    "anlan.figures.bulletins",
    "anlan.exchange",
    "anlan.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_vite",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "anlan.site.proxies.proxies",
    "anlan.site.middleware.plain_errors",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anlan.people.middleware.door",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "anlan.site.urls"
WSGI_APPLICATION = "anlan.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "anlan.site.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'anlan.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
STATEMENT_TIMEOUT_S = int(os.environ.get("ANLAN_STATEMENT_TIMEOUT", "20"))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: the last commits before a power loss are kept
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
        "PRAGMA mmap_size=268435456; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] |= {
        "options": f"-c statement_timeout={STATEMENT_TIMEOUT_S}s -c lock_timeout=10s -c timezone=UTC",
        "pool": False,
    }

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "anlan.people.accounts.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "anlan.people.passwords.ThreeKinds"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "anlan.people.pages.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "安澜"

SESSION_ENGINE = "anlan.people.accounts"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "anlan_session"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "anlan.site.errors.csrf_failure"
SESSION_IDLE_S = int(os.environ.get("ANLAN_SESSION_IDLE", str(2 * 3600)))
SESSION_ABSOLUTE_S = int(os.environ.get("ANLAN_SESSION_ABSOLUTE", str(12 * 3600)))
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_S

PROXIES = [ip_network(n.strip()) for n in os.environ.get("ANLAN_PROXIES", "").split(",") if n.strip()]
#: forms of one person and requests of one token in a minute, of all processes of a machine together
ACT_RATE = int(os.environ.get("ANLAN_ACT_RATE", "600"))
API_RATE = int(os.environ.get("ANLAN_API_RATE", "600"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "counts": {"BACKEND": "anlan.site.counts.Counts"},
}
RATELIMIT_USE_CACHE = "counts"

#: "host:port" to which webhooks go in tests, without TLS and inside the machine; empty everywhere else
WEBHOOK_TEST_HOSTS: frozenset[str] = frozenset()

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = _flag("ANLAN_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
BUILT = PACKAGE / "site" / "static" / "built"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/assets/"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": BUILT / "manifest.json",
        "static_url_prefix": "built",
    }
}

EVIDENCE_DIR = Path(os.environ.get("ANLAN_EVIDENCE_DIR", DATA_DIR / "evidence"))
FONTS_DIR = Path(os.environ.get("ANLAN_FONTS_DIR", DATA_DIR / "fonts"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024

WEEK_STARTS = int(os.environ.get("ANLAN_WEEK_STARTS", "4"))

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["models.W042"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ANLAN_LOG_LEVEL", "WARNING")},
}
