"""This installation: where its files lie, what it signs and seals with, where it answers."""

import base64
import secrets
from pathlib import Path

from concierge.settings.environment import BASE_DIR, env, flag, kept_secret, listed

# Where the product keeps its own files: embedded services, uploads, models, secrets.
DATA_DIR = Path(env("CONCIERGE_DATA_DIR") or BASE_DIR / "var").resolve()
PRODUCTION = flag("PRODUCTION", False)
DEBUG = flag("DEBUG", False)
# Those before it, while it is being changed: what they have signed holds, none is signed anew.
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
SECRET_KEY = env("SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
# What wraps each client's own key: 32 bytes in base64, the first for new ones, commas between them;
# those behind it still open what they have wrapped. Lost, they take all clients' words with them.
CLIENT_KEYS = env("CLIENT_KEYS") or kept_secret(
    DATA_DIR / "client_keys", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
# Where erasures are written down, outside the database and its backups: docs/privacy.md.
ERASURE_LEDGER = env("ERASURE_LEDGER") or str(DATA_DIR / "ledger" / "erasures.jsonl")
# Where backups go, and beside them the clients' keys: docs/backup.md. Better another disk.
BACKUP_DIR = env("BACKUP_DIR") or str(DATA_DIR / "backups")
# What receipts of erasure are signed with (Ed25519): 32 bytes in base64.
RECEIPT_KEY = env("RECEIPT_KEY") or kept_secret(
    DATA_DIR / "receipt_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
# A house's own words of consent, `<slug>.toml` each; none: the product's.
CONSENTS_DIR = env("CONSENTS_DIR")
# What signs the entries of the audit log, and where its head is kept outside the database.
AUDIT_KEY = env("AUDIT_KEY") or kept_secret(DATA_DIR / "audit_key")
AUDIT_CHECKPOINTS = Path(env("AUDIT_CHECKPOINTS") or DATA_DIR / "audit").resolve()
# Which of them came from the environment: what is made here lies beside the data it protects.
GIVEN = {name: bool(env(name)) for name in ("SECRET_KEY", "CLIENT_KEYS")}
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
# Pages elsewhere that may open a socket, as "https://boutique.house": where the widget stands.
SOCKET_ORIGINS = listed("SOCKET_ORIGINS")
