"""The network: links, bodies, rounds, needs, findings, snapshots"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('need',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('place', sa.String(length=8), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=False),
    sa.Column('language_id', sa.Integer(), nullable=True),
    sa.Column('target_group_id', sa.Integer(), nullable=True),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('persons >= 0', name=op.f('ck_need_persons')),
    sa.ForeignKeyConstraint(['field_id'], ['term.id'], name=op.f('fk_need_field_id')),
    sa.ForeignKeyConstraint(['language_id'], ['term.id'], name=op.f('fk_need_language_id')),
    sa.ForeignKeyConstraint(['place'], ['region.ags'], name=op.f('fk_need_place')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_need_region')),
    sa.ForeignKeyConstraint(['target_group_id'], ['term.id'], name=op.f('fk_need_target_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need')),
    sa.UniqueConstraint('uuid', name=op.f('uq_need_uuid'))
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_field_id'), ['field_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_language_id'), ['language_id'], unique=False)
        batch_op.create_index('ix_need_region', ['region'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_target_group_id'), ['target_group_id'], unique=False)

    op.create_table('network_finding',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('gone_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("state <> 'dismissed' OR reason IS NOT NULL", name=op.f('ck_network_finding_reason')),
    sa.CheckConstraint("state IN ('new', 'topic', 'dismissed')", name=op.f('ck_network_finding_state')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_network_finding_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_finding')),
    sa.UniqueConstraint('region', 'key', name=op.f('uq_network_finding_region_key')),
    sa.UniqueConstraint('uuid', name=op.f('uq_network_finding_uuid'))
    )
    with op.batch_alter_table('network_finding', schema=None) as batch_op:
        batch_op.create_index('ix_network_finding_region_state', ['region', 'state'], unique=False)

    op.create_table('network_round',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('office_text', sa.String(length=2000), nullable=True),
    sa.Column('deadline', sa.Date(), nullable=False),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('closed_on IS NULL OR started_on IS NOT NULL', name=op.f('ck_network_round_closed_after_start')),
    sa.CheckConstraint('started_on IS NULL OR started_on <= deadline', name=op.f('ck_network_round_deadline')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_network_round_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_round')),
    sa.UniqueConstraint('uuid', name=op.f('uq_network_round_uuid'))
    )
    with op.batch_alter_table('network_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_round_region'), ['region'], unique=False)

    op.create_table('network_snapshot',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_network_snapshot_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_snapshot')),
    sa.UniqueConstraint('uuid', name=op.f('uq_network_snapshot_uuid'))
    )
    with op.batch_alter_table('network_snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_snapshot_region'), ['region'], unique=False)

    op.create_table('body',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('form', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.JSON(), server_default='{}', nullable=False),
    sa.Column('joining', sa.JSON(), server_default='{}', nullable=False),
    sa.Column('rhythm', sa.String(length=200), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('term_from', sa.Date(), nullable=True),
    sa.Column('term_to', sa.Date(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=60), nullable=True),
    sa.Column('website', sa.String(length=300), nullable=True),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("form IN ('body', 'council', 'network')", name=op.f('ck_body_form')),
    sa.CheckConstraint("level IN ('local', 'regional', 'supra_regional')", name=op.f('ck_body_level')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_body_seats')),
    sa.CheckConstraint('term_to IS NULL OR term_from IS NULL OR term_from <= term_to', name=op.f('ck_body_term')),
    sa.ForeignKeyConstraint(['office_id'], ['actor.id'], name=op.f('fk_body_office_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_body_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
    sa.UniqueConstraint('uuid', name=op.f('uq_body_uuid'))
    )
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_office_id'), ['office_id'], unique=False)
        batch_op.create_index('ix_body_region_form', ['region', 'form'], unique=False)

    op.create_table('cooperation',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('referral', 'exchange', 'joint', 'funding', 'shared', 'wish')", name=op.f('ck_cooperation_kind')),
    sa.CheckConstraint('source_id <> target_id', name=op.f('ck_cooperation_not_with_itself')),
    sa.ForeignKeyConstraint(['field_id'], ['term.id'], name=op.f('fk_cooperation_field_id')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_cooperation_region')),
    sa.ForeignKeyConstraint(['source_id'], ['actor.id'], name=op.f('fk_cooperation_source_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['target_id'], ['actor.id'], name=op.f('fk_cooperation_target_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cooperation')),
    sa.UniqueConstraint('kind', 'source_id', 'target_id', name=op.f('uq_cooperation_kind_source_id_target_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_cooperation_uuid'))
    )
    with op.batch_alter_table('cooperation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cooperation_field_id'), ['field_id'], unique=False)
        batch_op.create_index('ix_cooperation_region_kind', ['region', 'kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_cooperation_target_id'), ['target_id'], unique=False)

    op.create_table('responsibility',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('agreed_by', sa.String(length=300), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("role IN ('lead', 'partner')", name=op.f('ck_responsibility_role')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_responsibility_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['field_id'], ['term.id'], name=op.f('fk_responsibility_field_id')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_responsibility_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsibility')),
    sa.UniqueConstraint('region', 'actor_id', 'field_id', name=op.f('uq_responsibility_region_actor_id_field_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_responsibility_uuid'))
    )
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsibility_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsibility_field_id'), ['field_id'], unique=False)

    op.create_table('body_field',
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_field_body_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_body_field_term_id')),
    sa.PrimaryKeyConstraint('body_id', 'term_id', name=op.f('pk_body_field'))
    )
    with op.batch_alter_table('body_field', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_field_term_id'), ['term_id'], unique=False)

    op.create_table('body_member',
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("part IN ('chair', 'member', 'guest')", name=op.f('ck_body_member_part')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_body_member_seats')),
    sa.CheckConstraint('until IS NULL OR since IS NULL OR since <= until', name=op.f('ck_body_member_since')),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_body_member_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_member_body_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_member')),
    sa.UniqueConstraint('body_id', 'actor_id', name=op.f('uq_body_member_body_id_actor_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_body_member_uuid'))
    )
    with op.batch_alter_table('body_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_member_actor_id'), ['actor_id'], unique=False)

    op.create_table('cooperation_report',
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('intensity', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('written', sa.Boolean(), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=False),
    sa.Column('via', sa.String(length=10), nullable=False),
    sa.Column('said_by', sa.String(length=200), nullable=True),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("side IN ('source', 'target')", name=op.f('ck_cooperation_report_side')),
    sa.CheckConstraint("via IN ('round', 'phone', 'office', 'import')", name=op.f('ck_cooperation_report_via')),
    sa.CheckConstraint('intensity BETWEEN 0 AND 3', name=op.f('ck_cooperation_report_intensity')),
    sa.CheckConstraint('valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to', name=op.f('ck_cooperation_report_valid')),
    sa.ForeignKeyConstraint(['link_id'], ['cooperation.id'], name=op.f('fk_cooperation_report_link_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['network_round.id'], name=op.f('fk_cooperation_report_round_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cooperation_report')),
    sa.UniqueConstraint('link_id', 'side', name=op.f('uq_cooperation_report_link_id_side')),
    sa.UniqueConstraint('uuid', name=op.f('uq_cooperation_report_uuid'))
    )
    with op.batch_alter_table('cooperation_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cooperation_report_round_id'), ['round_id'], unique=False)

    op.create_table('network_asked',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('via', sa.String(length=10), nullable=True),
    sa.Column('said_by', sa.String(length=200), nullable=True),
    sa.Column('draft', sa.JSON(), nullable=False),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['actor.id'], name=op.f('fk_network_asked_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_network_asked_contact_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_network_asked_mail_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['network_round.id'], name=op.f('fk_network_asked_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_asked')),
    sa.UniqueConstraint('round_id', 'actor_id', name=op.f('uq_network_asked_round_id_actor_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_network_asked_uuid'))
    )
    with op.batch_alter_table('network_asked', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_asked_actor_id'), ['actor_id'], unique=False)

    with op.batch_alter_table('region_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ranks_from', sa.Integer(), server_default='85', nullable=False))
        batch_op.add_column(sa.Column('thirds_from', sa.Integer(), server_default='60', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_region_settings_thirds_from'), 'thirds_from BETWEEN 0 AND ranks_from')
        batch_op.create_check_constraint(batch_op.f('ck_region_settings_ranks_from'), 'ranks_from BETWEEN 0 AND 100')



def downgrade() -> None:
    with op.batch_alter_table('region_settings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_region_settings_ranks_from'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_region_settings_thirds_from'), type_='check')
        batch_op.drop_column('thirds_from')
        batch_op.drop_column('ranks_from')

    with op.batch_alter_table('network_asked', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_asked_actor_id'))

    op.drop_table('network_asked')
    with op.batch_alter_table('cooperation_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cooperation_report_round_id'))

    op.drop_table('cooperation_report')
    with op.batch_alter_table('body_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_body_member_actor_id'))

    op.drop_table('body_member')
    with op.batch_alter_table('body_field', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_body_field_term_id'))

    op.drop_table('body_field')
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responsibility_field_id'))
        batch_op.drop_index(batch_op.f('ix_responsibility_actor_id'))

    op.drop_table('responsibility')
    with op.batch_alter_table('cooperation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cooperation_target_id'))
        batch_op.drop_index('ix_cooperation_region_kind')
        batch_op.drop_index(batch_op.f('ix_cooperation_field_id'))

    op.drop_table('cooperation')
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.drop_index('ix_body_region_form')
        batch_op.drop_index(batch_op.f('ix_body_office_id'))

    op.drop_table('body')
    with op.batch_alter_table('network_snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_snapshot_region'))

    op.drop_table('network_snapshot')
    with op.batch_alter_table('network_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_round_region'))

    op.drop_table('network_round')
    with op.batch_alter_table('network_finding', schema=None) as batch_op:
        batch_op.drop_index('ix_network_finding_region_state')

    op.drop_table('network_finding')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_target_group_id'))
        batch_op.drop_index('ix_need_region')
        batch_op.drop_index(batch_op.f('ix_need_language_id'))
        batch_op.drop_index(batch_op.f('ix_need_field_id'))

    op.drop_table('need')
