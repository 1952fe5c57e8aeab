"""Conferences"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('conference_individual',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=True),
    sa.Column('postcode', sa.String(length=5), nullable=True),
    sa.Column('city', sa.String(length=120), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('consent_on', sa.Date(), nullable=False),
    sa.Column('consent_source', sa.String(length=300), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=True),
    sa.Column('office_title', sa.String(length=100), nullable=True),
    sa.Column('given_name', sa.String(length=100), nullable=True),
    sa.Column('family_name', sa.String(length=100), nullable=True),
    sa.Column('function', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("category IN ('council', 'volunteer', 'guest')", name=op.f('ck_conference_individual_category')),
    sa.CheckConstraint("form IN ('none', 'neutral', 'female', 'male')", name=op.f('ck_conference_individual_form')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_conference_individual_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_individual')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_individual_uuid'))
    )
    with op.batch_alter_table('conference_individual', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_individual_region'), ['region'], unique=False)

    op.create_table('conference_series',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('months BETWEEN 1 AND 120', name=op.f('ck_conference_series_months')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_conference_series_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_series')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_series_uuid'))
    )
    with op.batch_alter_table('conference_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_series_region'), ['region'], unique=False)

    op.create_table('conference_turn',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_turn_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['series_id'], ['conference_series.id'], name=op.f('fk_conference_turn_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_turn')),
    sa.UniqueConstraint('series_id', 'kind', 'position', name=op.f('uq_conference_turn_series_id_kind_position')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_turn_uuid'))
    )
    with op.batch_alter_table('conference_turn', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_turn_actor_id'), ['actor_id'], unique=False)

    op.create_table('conference_avoided',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('school', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('first <= last', name=op.f('ck_conference_avoided_days')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_conference_avoided_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_avoided')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_avoided_uuid'))
    )
    with op.batch_alter_table('conference_avoided', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_avoided_region'), ['region'], unique=False)

    op.create_table('conference_venue',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=True),
    sa.Column('postcode', sa.String(length=5), nullable=True),
    sa.Column('city', sa.String(length=120), nullable=True),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('step_free', sa.String(length=10), nullable=False),
    sa.Column('stop', sa.String(length=120), nullable=True),
    sa.Column('directions', sa.String(length=1000), nullable=True),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("step_free IN ('yes', 'no', 'unknown')", name=op.f('ck_conference_venue_step_free')),
    sa.CheckConstraint('seats >= 0', name=op.f('ck_conference_venue_seats')),
    sa.ForeignKeyConstraint(['host_id'], ['actor.id'], name=op.f('fk_conference_venue_host_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_conference_venue_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_venue')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_venue_uuid'))
    )
    with op.batch_alter_table('conference_venue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_venue_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_venue_region'), ['region'], unique=False)

    op.create_table('conference',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('motto', sa.String(length=300), nullable=True),
    sa.Column('venue_id', sa.Integer(), nullable=True),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('overbooking', sa.Integer(), nullable=False),
    sa.Column('seats_each', sa.Integer(), nullable=False),
    sa.Column('deputies', sa.Boolean(), nullable=False),
    sa.Column('invited_most', sa.Integer(), nullable=True),
    sa.Column('quotas', sa.JSON(), nullable=False),
    sa.Column('needs_asked', sa.JSON(), nullable=False),
    sa.Column('asks_network', sa.Boolean(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=True),
    sa.Column('letter_text', sa.String(length=4000), nullable=True),
    sa.Column('mail_subject', sa.String(length=200), nullable=True),
    sa.Column('mail_text', sa.String(length=4000), nullable=True),
    sa.Column('enclosures', sa.JSON(), nullable=False),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('calendar', sa.String(length=10), nullable=False),
    sa.Column('sequence', sa.Integer(), server_default='0', nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_on', sa.Date(), nullable=True),
    sa.Column('cancelled_because', sa.String(length=500), nullable=True),
    sa.Column('moved_on', sa.Date(), nullable=True),
    sa.Column('moved_from', sa.Date(), nullable=True),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("calendar IN ('publish', 'request')", name=op.f('ck_conference_calendar')),
    sa.CheckConstraint('invited_most > 0', name=op.f('ck_conference_invited_most')),
    sa.CheckConstraint('overbooking >= 0', name=op.f('ck_conference_overbooking')),
    sa.CheckConstraint('seats >= 0', name=op.f('ck_conference_seats')),
    sa.CheckConstraint('seats_each > 0', name=op.f('ck_conference_seats_each')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_conference_region')),
    sa.ForeignKeyConstraint(['series_id'], ['conference_series.id'], name=op.f('fk_conference_series_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['venue_id'], ['conference_venue.id'], name=op.f('fk_conference_venue_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_uuid'))
    )
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_region'), ['region'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_series_id'), ['series_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_venue_id'), ['venue_id'], unique=False)

    op.create_table('conference_room',
    sa.Column('venue_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('step_free', sa.String(length=10), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("step_free IN ('yes', 'no', 'unknown')", name=op.f('ck_conference_room_step_free')),
    sa.CheckConstraint('seats >= 0', name=op.f('ck_conference_room_seats')),
    sa.ForeignKeyConstraint(['venue_id'], ['conference_venue.id'], name=op.f('fk_conference_room_venue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_room')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_room_uuid'))
    )
    with op.batch_alter_table('conference_room', schema=None) as batch_op:
        batch_op.create_index('ix_conference_room_venue_id_position', ['venue_id', 'position'], unique=False)

    op.create_table('conference_day',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('starts < ends', name=op.f('ck_conference_day_hours')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_day_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_day')),
    sa.UniqueConstraint('conference_id', 'day', name=op.f('uq_conference_day_conference_id_day')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_day_uuid'))
    )
    op.create_table('conference_duty',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('function', sa.String(length=200), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('invitation', 'chair', 'minutes')", name=op.f('ck_conference_duty_kind')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_duty_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_duty_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_duty')),
    sa.UniqueConstraint('conference_id', 'kind', name=op.f('uq_conference_duty_conference_id_kind')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_duty_uuid'))
    )
    with op.batch_alter_table('conference_duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_duty_actor_id'), ['actor_id'], unique=False)

    op.create_table('conference_group',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('description', sa.String(length=2000), nullable=True),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('maximum IS NULL OR maximum >= minimum', name=op.f('ck_conference_group_maximum')),
    sa.CheckConstraint('minimum >= 0', name=op.f('ck_conference_group_minimum')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_group_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_group')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_group_uuid'))
    )
    with op.batch_alter_table('conference_group', schema=None) as batch_op:
        batch_op.create_index('ix_conference_group_conference_id_position', ['conference_id', 'position'], unique=False)

    op.create_table('conference_invitation',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('individual_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('category', sa.String(length=60), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('unit', sa.String(length=200), nullable=True),
    sa.Column('street', sa.String(length=200), nullable=True),
    sa.Column('postcode', sa.String(length=5), nullable=True),
    sa.Column('city', sa.String(length=120), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('edited', sa.JSON(), nullable=False),
    sa.Column('released', sa.Boolean(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('remark', sa.String(length=500), nullable=True),
    sa.Column('invited_on', sa.Date(), nullable=True),
    sa.Column('letter_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('told', sa.Integer(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('reply', sa.String(length=10), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('via', sa.String(length=10), nullable=True),
    sa.Column('said_by', sa.String(length=200), nullable=True),
    sa.Column('answer_before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=True),
    sa.Column('office_title', sa.String(length=100), nullable=True),
    sa.Column('given_name', sa.String(length=100), nullable=True),
    sa.Column('family_name', sa.String(length=100), nullable=True),
    sa.Column('function', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("channel IN ('mail', 'post', 'both', 'none')", name=op.f('ck_conference_invitation_channel')),
    sa.CheckConstraint("form IN ('none', 'neutral', 'female', 'male')", name=op.f('ck_conference_invitation_form')),
    sa.CheckConstraint("reply IN ('open', 'yes', 'no', 'deputy')", name=op.f('ck_conference_invitation_reply')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_conference_invitation_seats')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_invitation_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_conference_invitation_body_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_invitation_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_conference_invitation_contact_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['individual_id'], ['conference_individual.id'], name=op.f('fk_conference_invitation_individual_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_conference_invitation_mail_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_invitation')),
    sa.UniqueConstraint('conference_id', 'actor_id', name=op.f('uq_conference_invitation_conference_id_actor_id')),
    sa.UniqueConstraint('conference_id', 'body_id', name=op.f('uq_conference_invitation_conference_id_body_id')),
    sa.UniqueConstraint('conference_id', 'individual_id', name=op.f('uq_conference_invitation_conference_id_individual_id')),
    sa.UniqueConstraint('conference_id', 'number', name=op.f('uq_conference_invitation_conference_id_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_invitation_uuid'))
    )
    with op.batch_alter_table('conference_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_invitation_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_invitation_body_id'), ['body_id'], unique=False)
        batch_op.create_index('ix_conference_invitation_conference_id_reply', ['conference_id', 'reply'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_invitation_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_invitation_individual_id'), ['individual_id'], unique=False)

    op.create_table('conference_item',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('look_back', 'situation', 'coordination', 'offers', 'information', 'next_date', 'other')", name=op.f('ck_conference_item_kind')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_conference_item_minutes')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_item_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_item')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_item_uuid'))
    )
    with op.batch_alter_table('conference_item', schema=None) as batch_op:
        batch_op.create_index('ix_conference_item_conference_id_position', ['conference_id', 'position'], unique=False)

    op.create_table('conference_pick',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('individual_id', sa.Integer(), nullable=True),
    sa.Column('effect', sa.String(length=10), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("effect IN ('invite', 'exclude')", name=op.f('ck_conference_pick_effect')),
    sa.CheckConstraint('(actor_id IS NOT NULL AND body_id IS NULL AND individual_id IS NULL) OR (actor_id IS NULL AND body_id IS NOT NULL AND individual_id IS NULL) OR (actor_id IS NULL AND body_id IS NULL AND individual_id IS NOT NULL)', name=op.f('ck_conference_pick_one')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_conference_pick_seats')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_conference_pick_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_conference_pick_body_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_pick_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['individual_id'], ['conference_individual.id'], name=op.f('fk_conference_pick_individual_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_pick')),
    sa.UniqueConstraint('conference_id', 'actor_id', name=op.f('uq_conference_pick_conference_id_actor_id')),
    sa.UniqueConstraint('conference_id', 'body_id', name=op.f('uq_conference_pick_conference_id_body_id')),
    sa.UniqueConstraint('conference_id', 'individual_id', name=op.f('uq_conference_pick_conference_id_individual_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_pick_uuid'))
    )
    with op.batch_alter_table('conference_pick', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_pick_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_pick_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_pick_individual_id'), ['individual_id'], unique=False)

    op.create_table('conference_rule',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('effect', sa.String(length=10), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("effect IN ('invite', 'exclude')", name=op.f('ck_conference_rule_effect')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_conference_rule_seats')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_rule_conference_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_rule')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_rule_uuid'))
    )
    with op.batch_alter_table('conference_rule', schema=None) as batch_op:
        batch_op.create_index('ix_conference_rule_conference_id_position', ['conference_id', 'position'], unique=False)

    op.create_table('conference_participant',
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('deputy', sa.Boolean(), nullable=False),
    sa.Column('place', sa.String(length=10), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=True),
    sa.Column('office_title', sa.String(length=100), nullable=True),
    sa.Column('given_name', sa.String(length=100), nullable=True),
    sa.Column('family_name', sa.String(length=100), nullable=True),
    sa.Column('function', sa.String(length=200), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(place = 'waiting') = (waiting_since IS NOT NULL)", name=op.f('ck_conference_participant_waiting_since')),
    sa.CheckConstraint("form IN ('none', 'neutral', 'female', 'male')", name=op.f('ck_conference_participant_form')),
    sa.CheckConstraint("place IN ('seat', 'waiting', 'none')", name=op.f('ck_conference_participant_place')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_participant_conference_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['conference_invitation.id'], name=op.f('fk_conference_participant_invitation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_participant')),
    sa.UniqueConstraint('invitation_id', 'position', name=op.f('uq_conference_participant_invitation_id_position')),
    sa.UniqueConstraint('uuid', name=op.f('uq_conference_participant_uuid'))
    )
    with op.batch_alter_table('conference_participant', schema=None) as batch_op:
        batch_op.create_index('ix_conference_participant_conference_id_place', ['conference_id', 'place'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_participant_invitation_id'), ['invitation_id'], unique=False)

    op.create_table('conference_need',
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('interpreting', sa.String(length=60), nullable=True),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.Column('children', sa.Integer(), nullable=False),
    sa.Column('food', sa.String(length=200), nullable=True),
    sa.Column('other', sa.String(length=500), nullable=True),
    sa.Column('consent_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('children >= 0', name=op.f('ck_conference_need_children')),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_need_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_conference_need'))
    )


def downgrade() -> None:
    for table in (
        'conference_need',
        'conference_participant',
        'conference_rule',
        'conference_pick',
        'conference_item',
        'conference_invitation',
        'conference_group',
        'conference_duty',
        'conference_day',
        'conference_room',
        'conference',
        'conference_venue',
        'conference_turn',
        'conference_series',
        'conference_avoided',
        'conference_individual',
    ):
        op.drop_table(table)
