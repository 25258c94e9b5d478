"""Settings: everything an operator may choose comes from the environment and is listed in docs/operate.md."""

from __future__ import annotations

from pathlib import Path

from haicap.config import environment as env
from haicap.config import gateways
from haicap.config.launcher import places

PACKAGE = Path(__file__).resolve().parent.parent

# --- what the operator chooses -------------------------------------------------------------------------------
PRODUCTION = env.flag("HAICAP_PRODUCTION", default=False)
DATA = env.folder("HAICAP_DATA", places.default_data())
DEBUG = False if PRODUCTION else env.flag("HAICAP_DEBUG", default=False)
SECRET_KEY = env.text("HAICAP_SECRET_KEY", None if PRODUCTION else places.local_secret(DATA))
ALLOWED_HOSTS = env.listing("HAICAP_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
SECRET_KEY_FALLBACKS = env.listing("HAICAP_SECRET_KEY_OLD")  # keys before this one, newest first
SITE_URL = env.text("HAICAP_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
BEHIND_PROXY = env.flag("HAICAP_BEHIND_PROXY", default=False)
LOG_FORMAT = env.text("HAICAP_LOG_FORMAT", "json" if PRODUCTION else "human")
UPLOAD_LIMIT = env.number("HAICAP_UPLOAD_LIMIT_MB", 20, low=1, high=2048) * 1024 * 1024
API_RATE = env.number("HAICAP_API_RATE", 600, low=1, high=1_000_000)  # calls a minute and client
SIGN_IN_TRIES = env.number(
    "HAICAP_SIGN_IN_TRIES", 5, low=1, high=100
)  # a quarter of an hour, name and address
MAIL = env.mail("HAICAP_MAIL", f"folder:{DATA / 'mail'}")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("HAICAP_MAIL_FROM", "haicap@localhost")
IMAP = env.mailbox("HAICAP_IMAP_URL")  # mailbox whose mails become tickets; empty: none is read
MAIL_REPLY_TO = env.text("HAICAP_MAIL_REPLY_TO", "")  # address of that mailbox, in letters about tickets
IMAP_UNIT = env.text(
    "HAICAP_IMAP_UNIT", ""
)  # identity of the unit the mailbox belongs to; empty: the nation's
NOTICES_KEEP_DAYS = env.number(
    "HAICAP_NOTICES_KEEP_DAYS", 30, low=1, high=3650
)  # then the text of what was sent is erased
SMS = gateways.described(
    url="HAICAP_SMS_URL", token="HAICAP_SMS_TOKEN", body="HAICAP_SMS_BODY", ok="HAICAP_SMS_OK",  # noqa: S106
    refused="HAICAP_SMS_REFUSED", templates="HAICAP_SMS_TEMPLATES",
)  # fmt: skip
ZALO = gateways.described(
    url="HAICAP_ZALO_URL", token="HAICAP_ZALO_TOKEN", body="HAICAP_ZALO_BODY", ok="HAICAP_ZALO_OK",  # noqa: S106
    refused="HAICAP_ZALO_REFUSED", templates="HAICAP_ZALO_TEMPLATES",
)  # fmt: skip
PROBES = env.flag("HAICAP_PROBES", default=False)  # whether other systems are asked how they are at all
PROBES_PRIVATE = env.networks("HAICAP_PROBES_PRIVATE")  # private networks that may be asked too
PROBES_CA = env.text("HAICAP_PROBES_CA", "")  # file of authorities to trust besides those of the machine
OIDC_ISSUER = env.text(
    "HAICAP_OIDC_ISSUER", ""
)  # an identity provider that speaks OpenID Connect, such as VNeID
OIDC_CLIENT = (env.text("HAICAP_OIDC_CLIENT_ID", ""), env.text("HAICAP_OIDC_CLIENT_SECRET", ""))
OIDC_NAME = env.text("HAICAP_OIDC_NAME", "VNeID")
CLAMD_SOCKET = env.text(
    "HAICAP_CLAMD_SOCKET", ""
)  # path of clamd's local socket; empty: files are not scanned
SIGNING_P12 = env.text(
    "HAICAP_SIGNING_P12", ""
)  # certificate and key that sign results; empty: demo authority
SIGNING_PASSWORD = env.text("HAICAP_SIGNING_PASSWORD", "")
# A language model of the operator that may word the assistant's answers; empty: our own words.
ASSISTANT_MODEL_URL = env.address("HAICAP_ASSISTANT_MODEL_URL")
ASSISTANT_MODEL_TOKEN = env.text("HAICAP_ASSISTANT_MODEL_TOKEN", "")
VNPAY_SECRET = env.text("HAICAP_VNPAY_SECRET", "")  # shared with the gateway; empty: no payment online
VNPAY_URL = env.address("HAICAP_VNPAY_URL", None if VNPAY_SECRET else "")
VNPAY_TMN_CODE = env.text("HAICAP_VNPAY_TMN_CODE", None if VNPAY_SECRET else "")
VNPAY_ASK_URL = env.address("HAICAP_VNPAY_ASK_URL")  # where lost notices are asked for; empty: nowhere
DATABASES = {
    "default": env.database("HAICAP_DATABASE_URL", env.text("HAICAP_DATABASE_URL", places.embedded_url(DATA)))
}

# --- what the house is made of -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "haicap.kernel.ledger",
    "haicap.kernel.accounts",
    "haicap.kernel.files",
    "haicap.domain.units",
    "haicap.domain.deadlines",
    "haicap.domain.law",
    "haicap.domain.powers",
    "haicap.domain.procedures",
    "haicap.domain.guidance",
    "haicap.domain.dossiers",
    "haicap.domain.feedback",
    "haicap.edges.notices",
    "haicap.edges.probes",
    "haicap.web.common",
    "haicap.web.portal",
    "haicap.web.desk",
    "haicap.web.console",
    "haicap.web.api",
    "haicap.config.apps.WiringConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "haicap.web.common.middleware.Headers",
    "haicap.web.api.middleware.Machines",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "haicap.web.common.middleware.Refusals",
]
ROOT_URLCONF = "haicap.config.urls"
WSGI_APPLICATION = "haicap.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haicap.web.common.context.site",
            ],
            "builtins": [
                "haicap.web.common.templatetags.haicap",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["haicap.kernel.accounts.backend.Passwords"]
PASSWORD_HASHERS = ["haicap.kernel.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL["backend"], MAIL["folder"]
EMAIL_HOST, EMAIL_PORT = MAIL["host"], int(MAIL["port"])
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["user"], MAIL["password"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["scheme"] == "smtp+tls", MAIL["scheme"] == "smtps"
EMAIL_TIMEOUT = 20
LOGIN_URL = "portal:sign-in"
SESSION_ENGINE = "haicap.kernel.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "haicap.web.common.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- transport -----------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A payment begins as a form whose answer leads to the gateway.
_FORMS_GO = ["'self'", "/".join(VNPAY_URL.split("/")[:3])] if VNPAY_SECRET else ["'self'"]
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; form-action {' '.join(_FORMS_GO)}; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # every upload goes to disk, never whole into memory
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# --- static files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = DATA / "files"

# --- logs ----------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "haicap.config.logs.configure"
LOGGING = {"format": LOG_FORMAT}
SILENCED_SYSTEM_CHECKS: list[str] = []
