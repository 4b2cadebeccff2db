"""same person"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('alias_of_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('alias_of_id_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_alias_of_id'), ['alias_of_id'], unique=False)

