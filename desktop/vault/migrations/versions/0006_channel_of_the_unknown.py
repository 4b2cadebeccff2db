"""the channel by which an unknown field came"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('unknown', sa.Column('channel', sa.Text(), nullable=True))
