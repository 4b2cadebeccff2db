"""the meeting room: convocation, what is carried over, open points settled, minutes frozen for an
audience"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

FIELDS = (
    ('meeting', 'quorum_remote', sa.Boolean(create_constraint=False)),
    ('meeting', 'convened_on', sa.Text()),
    ('agenda_item', 'carried_record_id', sa.LargeBinary(length=16)),
    ('note_block', 'settled_on', sa.Text()),
    ('minutes_version', 'audience', sa.Text()),
    ('minutes_version', 'reason', sa.Text()),
)


def upgrade() -> None:
    for table, name, kind in FIELDS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
        op.add_column(table, sa.Column(name + '_stamp', sa.LargeBinary(length=16), nullable=True))
