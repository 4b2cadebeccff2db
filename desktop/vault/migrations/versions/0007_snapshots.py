"""snapshots of the collective's records"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('snapshot',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.Integer(), nullable=False),
    sa.Column('manifest', sa.LargeBinary(), nullable=False),
    sa.Column('judged', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot'))
    )
    op.create_table('snapshot_file',
    sa.Column('snapshot', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('snapshot', 'name', name=op.f('pk_snapshot_file'))
    )
    op.create_table('snapshot_match',
    sa.Column('snapshot', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('snapshot', 'device', 'channel', name=op.f('pk_snapshot_match'))
    )
