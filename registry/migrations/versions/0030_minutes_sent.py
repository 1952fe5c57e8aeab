"""When approved minutes were sent to everybody"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sent_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('conference_minutes', schema=None) as batch_op:
        batch_op.drop_column('sent_on')
