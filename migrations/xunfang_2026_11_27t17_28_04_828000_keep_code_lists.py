from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T17:28:04:828000"
VERSION = "1"
DESCRIPTION = 'keep code lists'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_table(class_name='CodeListTable', tablename='code_list', schema=None, columns=None)
    manager.add_column(table_class_name='CodeListTable', tablename='code_list', column_name='id', db_column_name='id', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': True, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='CodeListTable', tablename='code_list', column_name='name', db_column_name='name', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='CodeListTable', tablename='code_list', column_name='purpose', db_column_name='purpose', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='CodeListTable', tablename='code_list', column_name='codes', db_column_name='codes', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='CodeListTable', tablename='code_list', column_name='closed_on', db_column_name='closed_on', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
