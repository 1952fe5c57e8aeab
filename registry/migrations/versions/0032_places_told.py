"""Where participants were told to be"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('conference_place_told',
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['conference_participant.id'], name=op.f('fk_conference_place_told_participant_id_conference_participant'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participant_id', name=op.f('pk_conference_place_told'))
    )


def downgrade() -> None:
    op.drop_table('conference_place_told')
