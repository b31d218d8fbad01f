"""The client's own key: made here, kept in a file of the installation, never in the repository."""

import json
import os
from pathlib import Path

from jwskate import Jwk

from samspill.refusal import Refused

DEFAULT_ALG = "RS256"  # accepted by HelseID and by ID-porten; both accept stronger ones too


def new_private_jwk(alg: str = DEFAULT_ALG) -> Jwk:
    """A fresh private key for private_key_jwt; its `kid` is its thumbprint. RSA keys have 4096 bits."""
    return Jwk(dict(Jwk.generate(alg=alg)) | {"alg": alg, "use": "sig"}).with_kid_thumbprint()


def write_new_key(path: Path, alg: str = DEFAULT_ALG) -> str:
    """Write a new key to `path` (mode 0600, never over another file); returns its public half as JSON."""
    key = new_private_jwk(alg)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        json.dump(dict(key), file)
    return json.dumps(dict(key.public_jwk()), indent=2)


def read_private_jwk(text_or_path: str) -> Jwk:
    """The key in a JSON text, or in the file at a path. Refused (`oidc.settings`) unless it can sign."""
    try:
        is_text = text_or_path.lstrip().startswith("{")
        key = Jwk(json.loads(text_or_path if is_text else Path(text_or_path).read_text("ascii")))
    except OSError as error:
        raise Refused("oidc.settings", f"The key file could not be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise Refused(
            "oidc.settings", "private_jwk is not a JSON Web Key. Make one: see the how-to."
        ) from None
    if key.is_symmetric or not key.is_private or not key.get("kid") or not key.get("alg"):
        raise Refused("oidc.settings", "private_jwk must be a private RSA or EC key with kid and alg.")
    return key
