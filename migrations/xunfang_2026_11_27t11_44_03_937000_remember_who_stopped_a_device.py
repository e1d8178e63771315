from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T11:44:03:937000"
VERSION = "1"
DESCRIPTION = 'Remember who stopped a device'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_column(table_class_name='DeviceTable', tablename='device', column_name='erased_at', db_column_name='erased_at', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeviceTable', tablename='device', column_name='erased_unsent', db_column_name='erased_unsent', column_class_name='BigInt', column_class=BigInt, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeviceTable', tablename='device', column_name='state_at', db_column_name='state_at', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeviceTable', tablename='device', column_name='state_by', db_column_name='state_by', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeviceTable', tablename='device', column_name='state_reason', db_column_name='state_reason', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
