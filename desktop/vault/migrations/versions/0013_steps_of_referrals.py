"""steps and results of referrals"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.add_column(sa.Column('result', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('consents', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('result_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('consents_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('referral_step', schema=None) as batch_op:
        batch_op.add_column(sa.Column('step', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('step_stamp', sa.LargeBinary(length=16), nullable=True))

