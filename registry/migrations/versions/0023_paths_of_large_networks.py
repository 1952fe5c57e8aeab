"""How far the paths of a large network have been followed"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('network_path_run',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('region', sa.String(length=8), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('sums', sa.LargeBinary(), nullable=True),
    sa.Column('squares', sa.LargeBinary(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('beat_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.CheckConstraint('done BETWEEN 0 AND total', name=op.f('ck_network_path_run_done')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_path_run')),
    sa.UniqueConstraint('digest', name=op.f('uq_network_path_run_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_network_path_run_uuid'))
    )


def downgrade() -> None:
    op.drop_table('network_path_run')
