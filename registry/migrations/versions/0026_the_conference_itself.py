"""The conference itself"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('training',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('text', sa.String(length=4000), nullable=True),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_training_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training')),
    sa.UniqueConstraint('uuid', name=op.f('uq_training_uuid'))
    )
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_region'), ['region'], unique=False)

    op.create_table('training_knowledge',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('chapter', sa.String(length=120), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=True),
    sa.Column('link', sa.String(length=300), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_training_knowledge_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_knowledge')),
    sa.UniqueConstraint('uuid', name=op.f('uq_training_knowledge_uuid'))
    )
    with op.batch_alter_table('training_knowledge', schema=None) as batch_op:
        batch_op.create_index('ix_training_knowledge_region_position', ['region', 'position'], unique=False)

    op.create_table('integration_officer',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('ags', sa.String(length=8), nullable=False),
    sa.Column('function', sa.String(length=200), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('embedding', sa.String(length=500), nullable=True),
    sa.Column('population', sa.String(length=1000), nullable=True),
    sa.Column('tasks', sa.String(length=2000), nullable=True),
    sa.Column('mandate', sa.String(length=1000), nullable=True),
    sa.Column('hours', sa.String(length=100), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_integration_officer_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['ags'], ['region.ags'], name=op.f('fk_integration_officer_ags')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_integration_officer_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_integration_officer')),
    sa.UniqueConstraint('ags', 'function', name=op.f('uq_integration_officer_ags_function')),
    sa.UniqueConstraint('uuid', name=op.f('uq_integration_officer_uuid'))
    )
    with op.batch_alter_table('integration_officer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_integration_officer_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_integration_officer_region'), ['region'], unique=False)

    op.create_table('conference_deletion',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_deletion_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_deletion')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_deletion_uuid'))
    )
    with op.batch_alter_table('conference_deletion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_deletion_conference_id'), ['conference_id'], unique=False)

    op.create_table('conference_evaluation',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('open_until', sa.Date(), nullable=True),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_evaluation_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_evaluation')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_conference_evaluation_conference_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_evaluation_uuid'))
    )
    op.create_table('conference_minutes',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('supplements_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('taken_by', sa.String(length=200), nullable=True),
    sa.Column('circulated_on', sa.Date(), nullable=True),
    sa.Column('object_until', sa.Date(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('salts', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(state = 'approved') = (digest IS NOT NULL)", name=op.f('ck_conference_minutes_digest')),
    sa.CheckConstraint("state = 'draft' OR object_until IS NOT NULL", name=op.f('ck_conference_minutes_object_until')),
    sa.CheckConstraint("state IN ('draft', 'circulated', 'approved')", name=op.f('ck_conference_minutes_state')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_minutes_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['supplements_id'], ['conference_minutes.id'], name=op.f('fk_conference_minutes_supplements_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_minutes')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_minutes_uuid'))
    )
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_minutes_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_minutes_supplements_id'), ['supplements_id'], unique=False)

    op.create_table('conference_opinion',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_opinion_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_opinion')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_opinion_uuid'))
    )
    with op.batch_alter_table('conference_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_opinion_conference_id'), ['conference_id'], unique=False)

    op.create_table('training_part',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('follows', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_training_part_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_part_training_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_part')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_training_part_conference_id')),
    sa.UniqueConstraint('training_id', 'conference_id', name=op.f('uq_training_part_training_id_conference_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_training_part_uuid'))
    )
    op.create_table('conference_cafe',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('repeated', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_conference_cafe_minutes')),
    sa.CheckConstraint('rounds > 0', name=op.f('ck_conference_cafe_rounds')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_cafe_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_id'], ['conference_day.id'], name=op.f('fk_conference_cafe_day_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_cafe')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_cafe_uuid'))
    )
    with op.batch_alter_table('conference_cafe', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_cafe_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_cafe_day_id'), ['day_id'], unique=False)

    op.create_table('conference_run',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=True),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('costs', sa.JSON(), nullable=False),
    sa.Column('unlisted', sa.Integer(), nullable=False),
    sa.Column('total_cost', sa.Integer(), nullable=False),
    sa.Column('unplaced', sa.JSON(), nullable=False),
    sa.Column('ran_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_run_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_id'], ['conference_day.id'], name=op.f('fk_conference_run_day_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_run')),
    sa.UniqueConstraint('conference_id', 'day_id', name=op.f('uq_conference_run_conference_id_day_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_run_uuid'))
    )
    with op.batch_alter_table('conference_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_run_day_id'), ['day_id'], unique=False)

    op.create_table('training_module',
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('focus', sa.String(length=1000), nullable=True),
    sa.Column('author', sa.String(length=200), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('material', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_training_module_minutes')),
    sa.ForeignKeyConstraint(['part_id'], ['training_part.id'], name=op.f('fk_training_module_part_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_module')),
    sa.UniqueConstraint('uuid', name=op.f('uq_training_module_uuid'))
    )
    with op.batch_alter_table('training_module', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_module_part_id'), ['part_id'], unique=False)

    op.create_table('conference_decision',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.Column('result', sa.String(length=20), nullable=False),
    sa.Column('votes_for', sa.Integer(), nullable=True),
    sa.Column('votes_against', sa.Integer(), nullable=True),
    sa.Column('votes_withheld', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("result IN ('agreed', 'majority', 'rejected', 'postponed', 'noted')", name=op.f('ck_conference_decision_result')),
    sa.CheckConstraint('votes_for >= 0 AND votes_against >= 0 AND votes_withheld >= 0', name=op.f('ck_conference_decision_votes')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_decision_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_decision_group_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['conference_item.id'], name=op.f('fk_conference_decision_item_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_decision')),
    sa.UniqueConstraint('conference_id', 'number', name=op.f('uq_conference_decision_conference_id_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_decision_uuid'))
    )
    with op.batch_alter_table('conference_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_decision_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_decision_item_id'), ['item_id'], unique=False)

    op.create_table('conference_exclusion',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_exclusion_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_exclusion_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_exclusion')),
    sa.UniqueConstraint('participant_id', 'group_id', name=op.f('uq_conference_exclusion_participant_id_group_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_exclusion_uuid'))
    )
    with op.batch_alter_table('conference_exclusion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_exclusion_group_id'), ['group_id'], unique=False)

    op.create_table('conference_membership',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('NOT by_hand OR reason IS NOT NULL', name=op.f('ck_conference_membership_reason')),
    sa.CheckConstraint('rank > 0', name=op.f('ck_conference_membership_rank')),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_membership_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_membership_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_membership')),
    sa.UniqueConstraint('participant_id', 'group_id', name=op.f('uq_conference_membership_participant_id_group_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_membership_uuid'))
    )
    with op.batch_alter_table('conference_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_membership_group_id'), ['group_id'], unique=False)

    op.create_table('conference_minutes_part',
    sa.Column('minutes_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_minutes_part_group_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['conference_item.id'], name=op.f('fk_conference_minutes_part_item_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['minutes_id'], ['conference_minutes.id'], name=op.f('fk_conference_minutes_part_minutes_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_minutes_part')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_minutes_part_uuid'))
    )
    with op.batch_alter_table('conference_minutes_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_minutes_part_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_minutes_part_item_id'), ['item_id'], unique=False)
        batch_op.create_index('ix_conference_minutes_part_minutes_id_position', ['minutes_id', 'position'], unique=False)

    op.create_table('conference_photo',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('caption', sa.String(length=300), nullable=True),
    sa.Column('part', sa.String(length=120), nullable=True),
    sa.Column('credit', sa.String(length=200), nullable=True),
    sa.Column('consent', sa.String(length=300), nullable=True),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('brought_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('wall', 'impression')", name=op.f('ck_conference_photo_kind')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_photo_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_photo_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_photo')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_photo_uuid'))
    )
    with op.batch_alter_table('conference_photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_photo_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_photo_group_id'), ['group_id'], unique=False)

    op.create_table('conference_presence',
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('via', sa.String(length=10), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("via IN ('list', 'badge', 'name')", name=op.f('ck_conference_presence_via')),
    sa.ForeignKeyConstraint(['day_id'], ['conference_day.id'], name=op.f('fk_conference_presence_day_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_presence_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_presence')),
    sa.UniqueConstraint('participant_id', 'day_id', name=op.f('uq_conference_presence_participant_id_day_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_presence_uuid'))
    )
    with op.batch_alter_table('conference_presence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_presence_day_id'), ['day_id'], unique=False)

    op.create_table('conference_table',
    sa.Column('cafe_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('host', sa.String(length=200), nullable=True),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.String(length=4000), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_conference_table_number')),
    sa.ForeignKeyConstraint(['cafe_id'], ['conference_cafe.id'], name=op.f('fk_conference_table_cafe_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['host_id'], ['conference_participant.id'], name=op.f('fk_conference_table_host_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_table')),
    sa.UniqueConstraint('cafe_id', 'number', name=op.f('uq_conference_table_cafe_id_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_table_uuid'))
    )
    with op.batch_alter_table('conference_table', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_table_host_id'), ['host_id'], unique=False)

    op.create_table('conference_topic',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=2000), nullable=True),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('said_in', sa.String(length=300), nullable=True),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('because', sa.String(length=1000), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("source IN ('finding', 'report', 'wish', 'task', 'other')", name=op.f('ck_conference_topic_source')),
    sa.CheckConstraint("state = 'open' OR decided_on IS NOT NULL", name=op.f('ck_conference_topic_decided_on')),
    sa.CheckConstraint("state IN ('open', 'accepted', 'postponed', 'rejected')", name=op.f('ck_conference_topic_state')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_topic_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['finding_id'], ['network_finding.id'], name=op.f('fk_conference_topic_finding_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_topic_group_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['conference_item.id'], name=op.f('fk_conference_topic_item_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_topic')),
    sa.UniqueConstraint('conference_id', 'finding_id', name=op.f('uq_conference_topic_conference_id_finding_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_topic_uuid'))
    )
    with op.batch_alter_table('conference_topic', schema=None) as batch_op:
        batch_op.create_index('ix_conference_topic_conference_id_state', ['conference_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_topic_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_topic_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_topic_item_id'), ['item_id'], unique=False)

    op.create_table('conference_card',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("question IN ('challenge', 'practice', 'aim', 'measure')", name=op.f('ck_conference_card_question')),
    sa.CheckConstraint('(group_id IS NULL) <> (table_id IS NULL)', name=op.f('ck_conference_card_one')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_card_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['finding_id'], ['network_finding.id'], name=op.f('fk_conference_card_finding_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_card_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['conference_table.id'], name=op.f('fk_conference_card_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_card')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_card_uuid'))
    )
    with op.batch_alter_table('conference_card', schema=None) as batch_op:
        batch_op.create_index('ix_conference_card_conference_id_group_id', ['conference_id', 'group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_card_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_card_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_card_table_id'), ['table_id'], unique=False)

    op.create_table('conference_documentation',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('introduction', sa.Text(), nullable=False),
    sa.Column('results', sa.Text(), nullable=False),
    sa.Column('thanks', sa.Text(), nullable=False),
    sa.Column('imprint', sa.Text(), nullable=False),
    sa.Column('language_note', sa.String(length=500), nullable=True),
    sa.Column('cover_id', sa.Integer(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_documentation_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cover_id'], ['conference_photo.id'], name=op.f('fk_conference_documentation_cover_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_documentation')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_conference_documentation_conference_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_documentation_uuid'))
    )
    op.create_table('conference_objection',
    sa.Column('minutes_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('part_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('answer', sa.String(length=2000), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("outcome IN ('open', 'accepted', 'rejected')", name=op.f('ck_conference_objection_outcome')),
    sa.ForeignKeyConstraint(['minutes_id'], ['conference_minutes.id'], name=op.f('fk_conference_objection_minutes_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['part_id'], ['conference_minutes_part.id'], name=op.f('fk_conference_objection_part_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_objection_participant_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_objection')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_objection_uuid'))
    )
    with op.batch_alter_table('conference_objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_objection_minutes_id'), ['minutes_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_objection_part_id'), ['part_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_objection_participant_id'), ['participant_id'], unique=False)

    op.create_table('conference_table_seat',
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.CheckConstraint('round > 0', name=op.f('ck_conference_table_seat_round')),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_table_seat_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['conference_table.id'], name=op.f('fk_conference_table_seat_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('table_id', 'participant_id', name=op.f('pk_conference_table_seat'))
    )
    with op.batch_alter_table('conference_table_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_table_seat_participant_id'), ['participant_id'], unique=False)

    op.create_table('conference_topic_rating',
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND 3', name=op.f('ck_conference_topic_rating_points')),
    sa.ForeignKeyConstraint(['topic_id'], ['conference_topic.id'], name=op.f('fk_conference_topic_rating_topic_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_conference_topic_rating_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('topic_id', 'user_id', name=op.f('pk_conference_topic_rating'))
    )
    with op.batch_alter_table('conference_topic_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_topic_rating_user_id'), ['user_id'], unique=False)

    op.create_table('conference_dots',
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('giver', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_conference_dots_number')),
    sa.ForeignKeyConstraint(['card_id'], ['conference_card.id'], name=op.f('fk_conference_dots_card_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('card_id', 'giver', name=op.f('pk_conference_dots'))
    )
    op.create_table('conference_task',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('aim', sa.String(length=2000), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('measure', sa.String(length=500), nullable=True),
    sa.Column('baseline', sa.String(length=200), nullable=True),
    sa.Column('target', sa.String(length=200), nullable=True),
    sa.Column('funding', sa.String(length=500), nullable=True),
    sa.Column('commitment', sa.String(length=10), nullable=False),
    sa.Column('committed_on', sa.Date(), nullable=True),
    sa.Column('committed_via', sa.String(length=10), nullable=True),
    sa.Column('committed_by', sa.String(length=200), nullable=True),
    sa.Column('ending', sa.String(length=10), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_because', sa.String(length=500), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('card_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("commitment IN ('open', 'yes', 'no')", name=op.f('ck_conference_task_commitment')),
    sa.CheckConstraint("ending IN ('done', 'dropped')", name=op.f('ck_conference_task_ending')),
    sa.CheckConstraint("kind IN ('quick', 'focus', 'lasting')", name=op.f('ck_conference_task_kind')),
    sa.CheckConstraint('(ending IS NULL) = (ended_on IS NULL)', name=op.f('ck_conference_task_ended_on')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_task_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['card_id'], ['conference_card.id'], name=op.f('fk_conference_task_card_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_task_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decision_id'], ['conference_decision.id'], name=op.f('fk_conference_task_decision_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['conference_group.id'], name=op.f('fk_conference_task_group_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_task')),
    sa.UniqueConstraint('conference_id', 'number', name=op.f('uq_conference_task_conference_id_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_task_uuid'))
    )
    with op.batch_alter_table('conference_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_task_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_task_card_id'), ['card_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_task_decision_id'), ['decision_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_task_group_id'), ['group_id'], unique=False)

    op.create_table('conference_task_partner',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_task_partner_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['task_id'], ['conference_task.id'], name=op.f('fk_conference_task_partner_task_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('task_id', 'actor_id', name=op.f('pk_conference_task_partner'))
    )
    with op.batch_alter_table('conference_task_partner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_task_partner_actor_id'), ['actor_id'], unique=False)

    op.create_table('conference_task_region',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('ags', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['region.ags'], name=op.f('fk_conference_task_region_ags')),
    sa.ForeignKeyConstraint(['task_id'], ['conference_task.id'], name=op.f('fk_conference_task_region_task_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('task_id', 'ags', name=op.f('pk_conference_task_region'))
    )
    with op.batch_alter_table('conference_task_region', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_task_region_ags'), ['ags'], unique=False)

    op.create_table('conference_task_report',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('light', sa.String(length=10), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=True),
    sa.Column('evidence', sa.String(length=500), nullable=True),
    sa.Column('via', sa.String(length=10), nullable=False),
    sa.Column('said_by', sa.String(length=200), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("light IN ('on_track', 'at_risk', 'stuck', 'done')", name=op.f('ck_conference_task_report_light')),
    sa.ForeignKeyConstraint(['task_id'], ['conference_task.id'], name=op.f('fk_conference_task_report_task_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_task_report')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_task_report_uuid'))
    )
    with op.batch_alter_table('conference_task_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_task_report_task_id'), ['task_id'], unique=False)

    op.create_table('conference_task_request',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=20), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_conference_task_request_mail_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['task_id'], ['conference_task.id'], name=op.f('fk_conference_task_request_task_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_task_request')),
    sa.UniqueConstraint('task_id', 'about', name=op.f('uq_conference_task_request_task_id_about')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_task_request_uuid'))
    )
    with op.batch_alter_table('conference_group', schema=None) as batch_op:
        batch_op.add_column(sa.Column('share', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_conference_group_share'), 'share > 0')
        batch_op.add_column(sa.Column('day_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('room_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('unit', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('moderator', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('moderator_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('open', sa.Boolean(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_conference_group_day_id'), ['day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_group_moderator_id'), ['moderator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_group_room_id'), ['room_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_group_room_id'), 'conference_room', ['room_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_conference_group_moderator_id'), 'conference_participant', ['moderator_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_conference_group_day_id'), 'conference_day', ['day_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('conference_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('day_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('starts', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('parallel', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('block', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('format', sa.String(length=20), nullable=True))
        batch_op.create_check_constraint(op.f('ck_conference_item_format'), "format IN ('talk', 'forum', 'experts', 'fishbowl', 'world_cafe', 'group', 'plenary', 'practical', 'break')")
        batch_op.add_column(sa.Column('speaker', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('institution', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('description', sa.String(length=2000), nullable=True))
        batch_op.add_column(sa.Column('room_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_conference_item_day_id'), ['day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_item_room_id'), ['room_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_item_day_id'), 'conference_day', ['day_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_conference_item_room_id'), 'conference_room', ['room_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('conference_participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('walk_in', sa.Boolean(), server_default='0', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('conference_participant', schema=None) as batch_op:
        batch_op.drop_column('walk_in')

    with op.batch_alter_table('conference_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_item_room_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_conference_item_day_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_item_room_id'))
        batch_op.drop_index(batch_op.f('ix_conference_item_day_id'))
        batch_op.drop_column('room_id')
        batch_op.drop_column('description')
        batch_op.drop_column('institution')
        batch_op.drop_column('speaker')
        batch_op.drop_constraint(batch_op.f('ck_conference_item_format'), type_='check')
        batch_op.drop_column('format')
        batch_op.drop_column('block')
        batch_op.drop_column('parallel')
        batch_op.drop_column('starts')
        batch_op.drop_column('day_id')

    with op.batch_alter_table('conference_group', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_group_day_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_conference_group_moderator_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_conference_group_room_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_group_room_id'))
        batch_op.drop_index(batch_op.f('ix_conference_group_moderator_id'))
        batch_op.drop_index(batch_op.f('ix_conference_group_day_id'))
        batch_op.drop_column('open')
        batch_op.drop_column('moderator_id')
        batch_op.drop_column('moderator')
        batch_op.drop_column('unit')
        batch_op.drop_column('room_id')
        batch_op.drop_column('day_id')
        batch_op.drop_constraint(batch_op.f('ck_conference_group_share'), type_='check')
        batch_op.drop_column('share')

    op.drop_table('conference_task_request')
    with op.batch_alter_table('conference_task_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_task_report_task_id'))

    op.drop_table('conference_task_report')
    with op.batch_alter_table('conference_task_region', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_task_region_ags'))

    op.drop_table('conference_task_region')
    with op.batch_alter_table('conference_task_partner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_task_partner_actor_id'))

    op.drop_table('conference_task_partner')
    with op.batch_alter_table('conference_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_task_group_id'))
        batch_op.drop_index(batch_op.f('ix_conference_task_decision_id'))
        batch_op.drop_index(batch_op.f('ix_conference_task_card_id'))
        batch_op.drop_index(batch_op.f('ix_conference_task_actor_id'))

    op.drop_table('conference_task')
    op.drop_table('conference_dots')
    with op.batch_alter_table('conference_topic_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_topic_rating_user_id'))

    op.drop_table('conference_topic_rating')
    with op.batch_alter_table('conference_table_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_table_seat_participant_id'))

    op.drop_table('conference_table_seat')
    with op.batch_alter_table('conference_objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_objection_participant_id'))
        batch_op.drop_index(batch_op.f('ix_conference_objection_part_id'))
        batch_op.drop_index(batch_op.f('ix_conference_objection_minutes_id'))

    op.drop_table('conference_objection')
    op.drop_table('conference_documentation')
    with op.batch_alter_table('conference_card', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_card_table_id'))
        batch_op.drop_index(batch_op.f('ix_conference_card_group_id'))
        batch_op.drop_index(batch_op.f('ix_conference_card_finding_id'))
        batch_op.drop_index('ix_conference_card_conference_id_group_id')

    op.drop_table('conference_card')
    with op.batch_alter_table('conference_topic', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_topic_item_id'))
        batch_op.drop_index(batch_op.f('ix_conference_topic_group_id'))
        batch_op.drop_index(batch_op.f('ix_conference_topic_finding_id'))
        batch_op.drop_index('ix_conference_topic_conference_id_state')

    op.drop_table('conference_topic')
    with op.batch_alter_table('conference_table', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_table_host_id'))

    op.drop_table('conference_table')
    with op.batch_alter_table('conference_presence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_presence_day_id'))

    op.drop_table('conference_presence')
    with op.batch_alter_table('conference_photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_photo_group_id'))
        batch_op.drop_index(batch_op.f('ix_conference_photo_conference_id'))

    op.drop_table('conference_photo')
    with op.batch_alter_table('conference_minutes_part', schema=None) as batch_op:
        batch_op.drop_index('ix_conference_minutes_part_minutes_id_position')
        batch_op.drop_index(batch_op.f('ix_conference_minutes_part_item_id'))
        batch_op.drop_index(batch_op.f('ix_conference_minutes_part_group_id'))

    op.drop_table('conference_minutes_part')
    with op.batch_alter_table('conference_membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_membership_group_id'))

    op.drop_table('conference_membership')
    with op.batch_alter_table('conference_exclusion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_exclusion_group_id'))

    op.drop_table('conference_exclusion')
    with op.batch_alter_table('conference_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_decision_item_id'))
        batch_op.drop_index(batch_op.f('ix_conference_decision_group_id'))

    op.drop_table('conference_decision')
    with op.batch_alter_table('training_module', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_module_part_id'))

    op.drop_table('training_module')
    with op.batch_alter_table('conference_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_run_day_id'))

    op.drop_table('conference_run')
    with op.batch_alter_table('conference_cafe', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_cafe_day_id'))
        batch_op.drop_index(batch_op.f('ix_conference_cafe_conference_id'))

    op.drop_table('conference_cafe')
    op.drop_table('training_part')
    with op.batch_alter_table('conference_opinion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_opinion_conference_id'))

    op.drop_table('conference_opinion')
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_minutes_supplements_id'))
        batch_op.drop_index(batch_op.f('ix_conference_minutes_conference_id'))

    op.drop_table('conference_minutes')
    op.drop_table('conference_evaluation')
    with op.batch_alter_table('conference_deletion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_deletion_conference_id'))

    op.drop_table('conference_deletion')
    with op.batch_alter_table('integration_officer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_integration_officer_region'))
        batch_op.drop_index(batch_op.f('ix_integration_officer_actor_id'))

    op.drop_table('integration_officer')
    with op.batch_alter_table('training_knowledge', schema=None) as batch_op:
        batch_op.drop_index('ix_training_knowledge_region_position')

    op.drop_table('training_knowledge')
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_region'))

    op.drop_table('training')
