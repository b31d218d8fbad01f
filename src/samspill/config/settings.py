"""Django's settings, made from the environment (`environment`). No secret and no machine path stands here."""

import json
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samspill.config import environment, keys
from samspill.config.database import databases
from samspill.config.embedded import home_folder
from samspill.config.mail import mail_settings

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent
HOME = home_folder(os.environ)
ORIGIN = environment.read("SAMSPILL_ORIGIN").rstrip("/")
IS_HTTPS = ORIGIN.startswith("https://")
DEMO = environment.is_on("SAMSPILL_DEMO")
# How sure it is who signed in with a local password: no patient's record opens below 4, but for the invented.
LOCAL_SIGN_IN_LEVEL = 4 if DEMO else 2

SECRET_KEY = environment.read("SAMSPILL_SECRET_KEY") or keys.secret_key(HOME)
SECRET_KEY_FALLBACKS = environment.read("SAMSPILL_FORMER_SECRET_KEYS").split()
DEBUG = False
LISTENERS = int(environment.read("SAMSPILL_LISTENERS"))
ALLOWED_HOSTS = environment.read("SAMSPILL_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [ORIGIN] if IS_HTTPS else []
ROOT_URLCONF = "samspill.config.urls"
WSGI_APPLICATION = "samspill.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "samspill.web",
    "samspill.governance",
    "samspill.plans",
    "samspill.insight",
    "samspill.care",
    "samspill.worklist",
    "samspill.directory",
    "samspill.demo",
    "samspill.fhir",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samspill.web.middleware.WrittenForm",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspill.web.middleware.HeardRefusals",
    "samspill.directory.middleware.ActingMiddleware",
    "samspill.web.middleware.OwnWrittenForm",
    "samspill.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "samspill.web.context.shell",
            ],
        },
    }
]

# Database: two roles, one of them never bypasses row-level security (see docs/explanation/isolation.md).
DATABASES = databases(HOME)
PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful"}

# People signing in
AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "directory:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "samspill.directory.views.sign_in.locked_out"
AXES_USERNAME_FORM_FIELD = "email"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "samspill.directory.views.sign_in.caller"
AXES_IPWARE_PROXY_COUNT = 1 if environment.is_on("SAMSPILL_BEHIND_PROXY") else 0
AXES_ENABLE_ACCESS_FAILURE_LOG = True
OIDC_PROVIDERS: dict[str, dict[str, object]] = (
    json.loads(Path(environment.read("SAMSPILL_OIDC")).read_text("utf-8"))
    if environment.read("SAMSPILL_OIDC")
    else {}
)

FHIR_ISSUERS = environment.read("SAMSPILL_FHIR_ISSUERS")
FHIR_CLIENT_KEYS = environment.read("SAMSPILL_FHIR_CLIENT_KEYS")

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samspill.web.views.errors.csrf_failure"

# Secure headers
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.is_on("SAMSPILL_BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Words
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "samspill_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT / "frontend" / "dist"]
STATIC_ROOT = PROJECT / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samspill.web.static.Storage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MEDIA_ROOT = HOME / "documents"
FILE_UPLOAD_PERMISSIONS = 0o600
PAPER_BYTES = int(environment.read("SAMSPILL_PAPER_MB")) * 1_000_000
VIRUS_SCAN = environment.read("SAMSPILL_VIRUS_SCAN")

# Mail
(
    EMAIL_BACKEND,
    EMAIL_FILE_PATH,
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_HOST_USER,
    EMAIL_HOST_PASSWORD,
    EMAIL_USE_TLS,
) = mail_settings(environment.read("SAMSPILL_MAIL"), HOME)
DEFAULT_FROM_EMAIL = environment.read("SAMSPILL_MAIL_FROM")
ANSWERS_EMAIL = environment.read("SAMSPILL_MAIL_ANSWERS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"samspill.log": {"level": "INFO"}},  # the seals of the log of access, for who keeps them
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
]  # TLS ends at the proxy; HSTS follows SAMSPILL_ORIGIN
