"""Leichte Sprache"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('easy_text', sa.String(length=5000), nullable=True))
        batch_op.add_column(sa.Column('easy_reviewer', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('easy_reviewed_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_column('easy_reviewed_on')
        batch_op.drop_column('easy_reviewer')
        batch_op.drop_column('easy_text')
