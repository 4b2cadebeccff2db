"""when a meeting was held"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held_from', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('held_until', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('held_from_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('held_until_stamp', sa.LargeBinary(length=16), nullable=True))
