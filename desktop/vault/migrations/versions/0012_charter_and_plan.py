"""charter, follow up of accords, money and measures"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('charter',
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('title_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('version_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('starts_on_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('text_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter'))
    )
    with op.batch_alter_table('charter', schema=None) as batch_op:
        batch_op.create_index('ix_charter_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    op.create_table('clause',
    sa.Column('charter_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('order', sa.Text(), nullable=True),
    sa.Column('label', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=True),
    sa.Column('charter_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('order_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('label_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('text_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('evidence_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause'))
    )
    with op.batch_alter_table('clause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_charter_id'), ['charter_id'], unique=False)
        batch_op.create_index('ix_clause_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('no_dispositif', sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column('no_dispositif_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('action_funding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('granted_cents', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('paid_cents', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('year', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('file_number', sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column('granted_cents_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('paid_cents_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('year_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('file_number_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('function', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('charter_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('function_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('charter_id_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.add_column(sa.Column('baseline', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('target_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('derived', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('baseline_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('target_on_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('source_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('derived_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('indicator_value', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('source_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('successor_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('successor_id_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('validation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('until_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('committee', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('reminded_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('until_on_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('committee_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('reminded_on_stamp', sa.LargeBinary(length=16), nullable=True))

