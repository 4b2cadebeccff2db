"""the journal as a chain"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('at', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('by_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('writer', sa.LargeBinary(length=8), nullable=True))
        batch_op.add_column(sa.Column('previous', sa.LargeBinary(length=32), nullable=True))
    connection = op.get_bind()
    rows = connection.exec_driver_sql(
        'SELECT number, "on", what, how, kind, record_id, count, parts, reason FROM journal_entry '
        'ORDER BY number').fetchall()
    # The chain is laid over what was written before it, numbered from one on.
    previous = bytes(32)
    for number, (old, on, what, how, kind, record_id, count, parts, reason) in enumerate(rows, 1):
        said = [number, on, None, what, how, kind, record_id.hex() if record_id else record_id,
                count, parts, reason, None,
                None, previous.hex()]
        connection.exec_driver_sql('UPDATE journal_entry SET number = ?, previous = ? WHERE number '
                                   '= ?', (number, previous, old))
        previous = hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(',', ':'))
                                  .encode()).digest()
    if rows:
        connection.exec_driver_sql('INSERT INTO local_value (key, value) VALUES (?, ?)',
                                   ('journal.head', len(rows).to_bytes(8, 'big') + previous))
