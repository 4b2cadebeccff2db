"""what each store holds, packages of others, what the others have seen"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('held_package',
    sa.Column('writer', sa.LargeBinary(length=8), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('writer', 'sequence', 'sha256', name=op.f('pk_held_package'))
    )
    op.create_table('receipt',
    sa.Column('store', sa.Text(), nullable=False),
    sa.Column('writer', sa.LargeBinary(length=8), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('store', 'writer', name=op.f('pk_receipt'))
    )
    op.create_table('trust_copy',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_trust_copy'))
    )
    op.create_table('peer',
    sa.Column('writer', sa.LargeBinary(length=8), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('writer', name=op.f('pk_peer'))
    )
    op.add_column('outbox', sa.Column('last_stamp', sa.LargeBinary(length=16), nullable=True))
