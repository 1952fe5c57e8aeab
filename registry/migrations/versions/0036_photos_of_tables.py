"""Photos of the paper on a table of a World Café"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_photo', schema=None) as batch_op:
        batch_op.add_column(sa.Column('table_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_conference_photo_table_id'), ['table_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_photo_table_id_conference_table'), 'conference_table', ['table_id'], ['id'], ondelete='CASCADE')


def downgrade() -> None:
    with op.batch_alter_table('conference_photo', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_photo_table_id_conference_table'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_photo_table_id'))
        batch_op.drop_column('table_id')
