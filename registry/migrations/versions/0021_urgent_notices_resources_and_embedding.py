"""Urgent notices, external resources, and who may embed"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('urgent_notice',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('severity', sa.String(length=10), nullable=False),
    sa.Column('title', sa.JSON(), server_default='{}', nullable=False),
    sa.Column('text', sa.JSON(), server_default='{}', nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint("severity IN ('info', 'warning', 'danger')", name=op.f('ck_urgent_notice_severity')),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_urgent_notice_valid')),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_urgent_notice_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_urgent_notice')),
    sa.UniqueConstraint('uuid', name=op.f('uq_urgent_notice_uuid'))
    )
    with op.batch_alter_table('urgent_notice', schema=None) as batch_op:
        batch_op.create_index('ix_urgent_notice_region_ends_on', ['region', 'ends_on'], unique=False)

    op.create_table('urgent_notice_area',
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('ags', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['region.ags'], name=op.f('fk_urgent_notice_area_ags')),
    sa.ForeignKeyConstraint(['notice_id'], ['urgent_notice.id'], name=op.f('fk_urgent_notice_area_notice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('notice_id', 'ags', name=op.f('pk_urgent_notice_area'))
    )
    with op.batch_alter_table('urgent_notice_area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_urgent_notice_area_ags'), ['ags'], unique=False)

    op.create_table('external_resource',
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.JSON(), server_default='{}', nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['region'], ['region.ags'], name=op.f('fk_external_resource_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_external_resource')),
    sa.UniqueConstraint('region', 'url', name=op.f('uq_external_resource_region_url')),
    sa.UniqueConstraint('uuid', name=op.f('uq_external_resource_uuid'))
    )

    op.create_table('external_resource_term',
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['resource_id'], ['external_resource.id'], name=op.f('fk_external_resource_term_resource_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_external_resource_term_term_id')),
    sa.PrimaryKeyConstraint('resource_id', 'term_id', name=op.f('pk_external_resource_term'))
    )
    with op.batch_alter_table('external_resource_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_external_resource_term_term_id'), ['term_id'], unique=False)

    with op.batch_alter_table('region_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('embed_origins', sa.String(length=2000), nullable=True))
        batch_op.add_column(sa.Column('accessibility', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('region_settings', schema=None) as batch_op:
        batch_op.drop_column('accessibility')
        batch_op.drop_column('embed_origins')

    with op.batch_alter_table('external_resource_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_external_resource_term_term_id'))

    op.drop_table('external_resource_term')
    op.drop_table('external_resource')
    with op.batch_alter_table('urgent_notice_area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_urgent_notice_area_ags'))

    op.drop_table('urgent_notice_area')
    with op.batch_alter_table('urgent_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_urgent_notice_region_ends_on')

    op.drop_table('urgent_notice')
