"""Alembic's door: runs the migrations over the connection that `vault.schema` hands it."""

from alembic import context

from desktop.base.crash import crash_point
from desktop.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata,
                  transactional_ddl=True, render_as_batch=True,
                  on_version_apply=lambda **_step: crash_point("migrate.middle"))
with context.begin_transaction():
    context.run_migrations()
