"""releases"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('release',
    sa.Column('period', sa.Text(), nullable=True),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('made_on', sa.Text(), nullable=True),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('period_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('audience_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('made_on_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('content_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index('ix_release_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))
