"""Walls of tables are opened like those of groups"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_table', schema=None) as batch_op:
        batch_op.add_column(sa.Column('open', sa.Boolean(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('conference_table', schema=None) as batch_op:
        batch_op.drop_column('open')
