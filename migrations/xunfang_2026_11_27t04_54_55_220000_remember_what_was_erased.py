from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T04:54:55:220000"
VERSION = "1"
DESCRIPTION = 'Remember what was erased'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_table(class_name='Tombstone', tablename='tombstone', schema=None, columns=None)
    manager.add_column(table_class_name='Tombstone', tablename='tombstone', column_name='id', db_column_name='id', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': True, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='Tombstone', tablename='tombstone', column_name='at', db_column_name='at', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='Tombstone', tablename='tombstone', column_name='cause', db_column_name='cause', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='BlobTable', tablename='blob', column_name='order_id', db_column_name='order_id', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.alter_column(table_class_name='Notice', tablename='notice', column_name='rec_id', db_column_name='rec_id', params={'index': True}, old_params={'index': False}, column_class=Text, old_column_class=Text, schema=None)
    return manager
