from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text

ID = "2026-11-27T17:28:11:881000"
VERSION = "1"
DESCRIPTION = 'index lists by line and keep no index twice'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.alter_column(table_class_name='RoundTable', tablename='round', column_name='outlet', db_column_name='outlet', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    manager.alter_column(table_class_name='RoundTable', tablename='round', column_name='state', db_column_name='state', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    manager.alter_column(table_class_name='RoundTable', tablename='round', column_name='made_at', db_column_name='made_at', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    manager.alter_column(table_class_name='RectificationTable', tablename='rectification', column_name='outlet', db_column_name='outlet', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    manager.alter_column(table_class_name='RectificationTable', tablename='rectification', column_name='opened_at', db_column_name='opened_at', params={'index': False}, old_params={'index': True}, column_class=Text, old_column_class=Text, schema=None)
    return manager
