"""For Piccolo's own tools: one app, one linear history. Our runner does not need it."""

from piccolo.conf.apps import AppConfig

from backend.app import schema
from backend.foundation.database.schema import APP_NAME, MIGRATIONS

APP_CONFIG = AppConfig(APP_NAME, str(MIGRATIONS), table_classes=[*schema().tables])
