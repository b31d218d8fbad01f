"""Static files with a fingerprint in the name, so that browsers keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class Storage(CompressedManifestStaticFilesStorage):
    """A missing file is an error at build time (`collectstatic`), not a broken page."""

    manifest_strict = False
