"""loans and uses of resources, memory of the territory, one organisation under two names"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_NEW = ('period', 'place', 'sources', 'named_people', 'authorised_on')
_COMMON = (
    ('id', sa.LargeBinary(length=16), False), ('channel', sa.Text(), False),
    ('deleted', sa.Boolean(), True),
    ('deleted_stamp', sa.LargeBinary(length=16), True),
    ('created_by_id', sa.LargeBinary(length=16), True),
    ('created_by_id_stamp', sa.LargeBinary(length=16), True),
)
_REFERENCE = sa.LargeBinary(length=16)
_LOAN = (('resource_id', _REFERENCE), ('organisation_id', _REFERENCE), ('person_id', _REFERENCE),
         ('lent_on', sa.Text()),
         ('due_on', sa.Text()), ('back_on', sa.Text()), ('remark', sa.Text()))
_USE = (('resource_id', _REFERENCE), ('organisation_id', _REFERENCE), ('used_on', sa.Text()),
        ('rating', sa.Integer()),
        ('remark', sa.Text()))


def upgrade() -> None:
    for table, fields in (('resource_loan', _LOAN), ('resource_use', _USE)):
        op.create_table(
            table,
            *(sa.Column(name, kind, nullable=True) for name, kind in fields),
            *(sa.Column(f'{name}_stamp', sa.LargeBinary(length=16), nullable=True)
              for name, _kind in fields),
            *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in _COMMON),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')))
        op.create_index(f'ix_{table}_resource_id', table, ['resource_id'], unique=False)
        op.create_index(f'ix_{table}_deleted', table, ['id'], unique=False,
                        sqlite_where=sa.text('deleted IS 1'))
    op.add_column('organisation', sa.Column('alias_of_id', _REFERENCE, nullable=True))
    op.add_column('organisation',
                  sa.Column('alias_of_id_stamp', sa.LargeBinary(length=16), nullable=True))
    op.create_index('ix_organisation_alias_of_id', 'organisation', ['alias_of_id'], unique=False)
    for name in _NEW:
        op.add_column('resource', sa.Column(name, sa.Text(), nullable=True))
        op.add_column('resource',
                      sa.Column(f'{name}_stamp', sa.LargeBinary(length=16), nullable=True))
