"""What a browser is told to keep to."""

from csp.constants import NONCE, NONE, SELF

from concierge.operations import addresses
from concierge.settings.environment import flag
from concierge.settings.installation import DATA_DIR, PRODUCTION

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-src": [NONE],
        "worker-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# A browser keeps cookies by host, not by port: two houses on one machine must not share them.
COOKIES = "" if PRODUCTION else f"_{addresses.socket_dir(DATA_DIR).name.rpartition('-')[2]}"
# Behind TLS the name itself has a browser refuse them from any other host.
HOST_ONLY, SECURE_ONLY = ("__Host-", "__Secure-") if PRODUCTION else ("", "")
SESSION_COOKIE_NAME = f"{HOST_ONLY}concierge_session{COOKIES}"
CSRF_COOKIE_NAME = f"{HOST_ONLY}concierge_csrf{COOKIES}"
KNOWN_COOKIE_NAME = f"{SECURE_ONLY}concierge_known{COOKIES}"  # concierge/accounts/guesses.py
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}concierge_language{COOKIES}"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 90  # seconds
SESSION_ENGINE = "concierge.privacy.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90  # seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a request
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
