"""plan: an axis and an objective say by which of the next plan they are followed"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('axis', 'objective'):
        for name in ('successor_id', 'successor_id_stamp'):
            op.add_column(table, sa.Column(name, sa.LargeBinary(length=16), nullable=True))
        op.create_index(f'ix_{table}_successor_id', table, ['successor_id'], unique=False)
