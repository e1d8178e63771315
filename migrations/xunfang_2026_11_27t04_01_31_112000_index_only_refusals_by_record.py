from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text

ID = "2026-11-27T04:01:31:112000"
VERSION = "1"
DESCRIPTION = 'Index only refusals by record'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.alter_column(table_class_name='Verdict', tablename='verdict', column_name='rec_key', db_column_name='rec_key', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    return manager
