"""For Piccolo's own tools, with PICCOLO_CONF=backend.piccolo_conf: the installation's database."""

from piccolo.conf.apps import AppRegistry

from backend import settings
from backend.foundation.database.migration_engine import engine_for

DB = engine_for(settings.read().database_url)
APP_REGISTRY = AppRegistry(["backend.piccolo_app"])
