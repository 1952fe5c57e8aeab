"""Minutes by letter"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('posted', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.drop_column('posted')
