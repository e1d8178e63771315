from piccolo.apps.migrations.auto.migration_manager import MigrationManager


ID = "2026-11-27T07:53:30:186000"
VERSION = "1"
DESCRIPTION = 'Keep no recording with a consent'


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="xunfang", description=DESCRIPTION)
    manager.drop_column(table_class_name='ConsentTable', tablename='consent', column_name='recording', db_column_name='recording', schema=None)
    return manager
