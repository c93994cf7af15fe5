"""Secrets are made at the first start and kept beside the data, never in the repository."""

import os
import secrets
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The signing key: from ANLAN_SECRET_KEY, else from a file that only its owner may read."""
    if given := os.environ.get("ANLAN_SECRET_KEY"):
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)  # whoever is first wins; a half-written key is never seen
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
