"""places and terms that are kept by the coordination: dated, renamed, to be confirmed"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('collective', schema=None) as batch_op:
        batch_op.add_column(sa.Column('population_year', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('neighbourhoods_complete', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('places_source', sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column('population_year_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('neighbourhoods_complete_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('places_source_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('term', schema=None) as batch_op:
        batch_op.add_column(sa.Column('also', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('earlier', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('also_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('earlier_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.add_column(sa.Column('other_communes', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('to_confirm', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('verified_on', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('valid_from', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('valid_to', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('earlier', sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column('other_communes_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('to_confirm_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('source_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('verified_on_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('valid_from_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('valid_to_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('earlier_stamp', sa.LargeBinary(length=16), nullable=True))
