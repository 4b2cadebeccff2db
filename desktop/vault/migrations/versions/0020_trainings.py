"""trainings"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training',
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('trainer', sa.Text(), nullable=True),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('refresh_months', sa.Integer(), nullable=True),
    sa.Column('title_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('audience_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('trainer_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('content_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('refresh_months_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training'))
    )
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.create_index('ix_training_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('training_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('training_id_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.create_index(batch_op.f('ix_meeting_training_id'), ['training_id'], unique=False)

