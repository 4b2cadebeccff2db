"""what the watch group writes"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('month', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('action_title', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('sentence', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('question', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('month_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('action_title_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('sentence_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('question_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('elements', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('same_as_id', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('answered_question', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('answer', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('qualified_criteria', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('qualified_form', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('qualified_setting', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('qualified_evidence', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('qualified_elements', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('advised_recourse', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('account_erased_in', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('account_erased_by', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('elements_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('same_as_id_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('answered_question_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column('answer_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('qualified_criteria_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('qualified_form_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('qualified_setting_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('qualified_evidence_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('qualified_elements_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('advised_recourse_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('account_erased_in_stamp', sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(
            sa.Column('account_erased_by_stamp', sa.LargeBinary(length=16), nullable=True))

    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=True))
