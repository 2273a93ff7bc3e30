"""Where documents come from, and how they are fetched and read."""

from concierge.settings.environment import env, listed
from concierge.settings.installation import PRODUCTION

# Pages of a PDF that hold no text: "auto" reads them by tesseract where it is installed, "off" not.
OCR = env("OCR", "auto")
# A parser of a house's own for such pages, before tesseract: docs/ingestion.md.
HEAVY_PARSER = env("HEAVY_PARSER", "")

# Pages are fetched from the open web only. Places of the house's own network that may be fetched
# from all the same, as "intranet.house:8080"; the machine's own settings service never is.
FETCH_HOSTS = listed("FETCH_HOSTS")
FETCH_PORTS = [int(port) for port in listed("FETCH_PORTS", "80,443")]
FETCH_AGENT = env("FETCH_AGENT", "Concierge/0.1")  # who asks; a site's operator reads it
FETCH_DELAY = float(env("FETCH_DELAY", "1"))  # seconds between two pages of one site

# The step of ingestion at which a worker is to be killed, in tests: archive/ingestion/step.py
INGEST_KILL_AT = "" if PRODUCTION else env("INGEST_KILL_AT", "")

# What each kind of source is listed and fetched by: archive/sources/kind.py
SOURCE_KINDS = {
    "folder": "archive.sources.folder.Folder",
    "store": "archive.sources.store.Store",
    "site": "archive.sources.site.Site",
    "pages": "archive.sources.pages.Pages",
    "feed": "archive.sources.feed.Feed",
    "shop": "catalog.shop.Shop",
}
# Folders that sources may read; none named: all but the product's own.
SOURCE_FOLDERS = listed("SOURCE_FOLDERS")
# Of fsspec's file systems, those a source may name. The web is fetched by its own kinds alone.
STORE_PROTOCOLS = listed("STORE_PROTOCOLS", "s3,gs,gcs,az,abfs,abfss,adl,oss,sftp,ssh,smb")
# What a remote embedder costs, as its provider said on that day: "0.02 USD 2026-11-01" for a
# million tokens. It stands in forecasts alone.
EMBEDDER_PRICE = env("EMBEDDER_PRICE", "")
