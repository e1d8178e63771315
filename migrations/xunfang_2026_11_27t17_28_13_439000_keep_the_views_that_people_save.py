from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T17:28:13:439000"
VERSION = "1"
DESCRIPTION = 'Keep the views that people save'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_table(class_name='SavedViewsTable', tablename='saved_views', schema=None, columns=None)
    manager.add_column(table_class_name='SavedViewsTable', tablename='saved_views', column_name='id', db_column_name='id', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': True, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='SavedViewsTable', tablename='saved_views', column_name='views', db_column_name='views', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
