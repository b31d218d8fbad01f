"""`python -m oidc_issuer FOLDER`: an issuer to click through by hand; its settings are written to FOLDER."""

import json
import sys
import time
from pathlib import Path

from jwskate import Jwk

from oidc_issuer.server import LocalIssuer
from samspill.directory.oidc.keys import write_new_key

PORT = 8765
CALLBACK = "http://127.0.0.1:8000/logg-inn/oidc/local/tilbake/"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    key_file, settings_file = folder / "client-key.json", folder / "oidc.json"
    if not key_file.exists():
        write_new_key(key_file, "ES256")
    key = Jwk(json.loads(key_file.read_text()))
    with LocalIssuer(key.public_jwk(), CALLBACK, port=PORT) as issuer:
        values = issuer.settings(key, label="HelseID (local)", private_jwk=str(key_file.resolve()))
        settings_file.write_text(json.dumps({"local": values}, indent=2))
        print(f"Issuer {issuer.url}, person {issuer.person}")
        print(f"Start Samspill with SAMSPILL_OIDC={settings_file.resolve()}. Stop here with Ctrl+C.")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("Stopped.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
