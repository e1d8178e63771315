from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-27T13:56:14:646000"
VERSION = "1"
DESCRIPTION = 'Let somebody decide for whoever is away'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.add_table(class_name='DeputyTable', tablename='deputy', schema=None, columns=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='id', db_column_name='id', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': True, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='person', db_column_name='person', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': True, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='deputy', db_column_name='deputy', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': True, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='first_day', db_column_name='first_day', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='last_day', db_column_name='last_day', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='reason', db_column_name='reason', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='appointed_by', db_column_name='appointed_by', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='appointed_at', db_column_name='appointed_at', column_class_name='Text', column_class=Text, params={'default': '', 'null': False, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='ended_by', db_column_name='ended_by', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='DeputyTable', tablename='deputy', column_name='ended_at', db_column_name='ended_at', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    manager.add_column(table_class_name='Fact', tablename='fact', column_name='for_person', db_column_name='for_person', column_class_name='Text', column_class=Text, params={'default': None, 'null': True, 'primary_key': False, 'unique': False, 'index': False, 'index_method': IndexMethod.btree, 'choices': None, 'db_column_name': None, 'secret': False}, schema=None)
    return manager
