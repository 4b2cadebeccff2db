"""what is asked to be erased"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('erasure_request',
    sa.Column('owner_kind', sa.Text(), nullable=True),
    sa.Column('owner_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('owner_kind_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('owner_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_request'))
    )
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.create_index('ix_erasure_request_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))
        batch_op.create_index(batch_op.f('ix_erasure_request_owner_id'), ['owner_id'], unique=False)

    with op.batch_alter_table('unknown', schema=None) as batch_op:
        batch_op.add_column(sa.Column('roles', sa.Text(), nullable=True))

