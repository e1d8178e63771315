from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T07:02:20:320000"
VERSION = "1"
DESCRIPTION = 'Keep the PINs of people'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_table(class_name='PinTable', tablename='pin', schema=None, columns=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='id', db_column_name='id', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': True, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='pin_hash', db_column_name='pin_hash', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='salt', db_column_name='salt', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='iterations', db_column_name='iterations', column_class_name='BigInt', column_class=BigInt, params={'default': 0, 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='check_bits', db_column_name='check_bits', column_class_name='BigInt', column_class=BigInt, params={'default': 0, 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='set_at', db_column_name='set_at', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='before_hash', db_column_name='before_hash', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='PinTable', tablename='pin', column_name='before_until', db_column_name='before_until', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
