"""purge"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('deletion',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('record_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('stamp', sa.LargeBinary(length=16), nullable=False),
    sa.Column('noticed', sa.Integer(), nullable=False),
    sa.Column('emptied', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'record_id', name=op.f('pk_deletion'))
    )
    op.create_table('journal_entry',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('record_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_journal_entry'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index('ix_action_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('action_funding', schema=None) as batch_op:
        batch_op.create_index('ix_action_funding_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index('ix_agenda_item_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_tally', ['meeting_id', 'state', 'deleted'],
                              unique=False)
        batch_op.create_index('ix_attendance_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('attendance_slot', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_slot_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('axis', schema=None) as batch_op:
        batch_op.create_index('ix_axis_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('collective', schema=None) as batch_op:
        batch_op.create_index('ix_collective_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.create_index('ix_commitment_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index('ix_decision_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('dispositif', schema=None) as batch_op:
        batch_op.create_index('ix_dispositif_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index('ix_follow_up_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('group', schema=None) as batch_op:
        batch_op.create_index('ix_group_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.create_index('ix_indicator_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('indicator_value', schema=None) as batch_op:
        batch_op.create_index('ix_indicator_value_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('internship_offer', schema=None) as batch_op:
        batch_op.create_index('ix_internship_offer_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('internship_request', schema=None) as batch_op:
        batch_op.create_index('ix_internship_request_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('minutes_version', schema=None) as batch_op:
        batch_op.create_index('ix_minutes_version_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('note_block', schema=None) as batch_op:
        batch_op.create_index('ix_note_block_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('note_update', schema=None) as batch_op:
        batch_op.create_index('ix_note_update_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.create_index('ix_objective_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.create_index('ix_observation_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index('ix_organisation_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.create_index('ix_place_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index('ix_plan_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index('ix_referral_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('referral_step', schema=None) as batch_op:
        batch_op.create_index('ix_referral_step_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('resource', schema=None) as batch_op:
        batch_op.create_index('ix_resource_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index('ix_sheet_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('term', schema=None) as batch_op:
        batch_op.create_index('ix_term_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

    with op.batch_alter_table('validation', schema=None) as batch_op:
        batch_op.create_index('ix_validation_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))

