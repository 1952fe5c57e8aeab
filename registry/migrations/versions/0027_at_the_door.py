"""At the door: whom somebody came instead of"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stands_for_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_conference_participant_stands_for_id'), ['stands_for_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_participant_stands_for_id'), 'conference_participant', ['stands_for_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    with op.batch_alter_table('conference_participant', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_participant_stands_for_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_participant_stands_for_id'))
        batch_op.drop_column('stands_for_id')
