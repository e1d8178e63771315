from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T13:56:20:296000"
VERSION = "1"
DESCRIPTION = 'Close places and keep their own days'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_column(table_class_name='UnitTable', tablename='unit', column_name='closed_on', db_column_name='closed_on', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='OutletTable', tablename='outlet', column_name='closed_on', db_column_name='closed_on', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='OutletTable', tablename='outlet', column_name='own_days', db_column_name='own_days', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='LineTable', tablename='line', column_name='closed_on', db_column_name='closed_on', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='RectificationTable', tablename='rectification', column_name='due_waits_for', db_column_name='due_waits_for', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': True, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
