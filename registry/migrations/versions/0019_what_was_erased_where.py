"""What was erased where"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=10), server_default='address', nullable=False))
        batch_op.add_column(sa.Column('salt', sa.String(length=32), server_default='', nullable=False))
        batch_op.add_column(sa.Column('rows', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.drop_column('rows')
        batch_op.drop_column('salt')
        batch_op.drop_column('kind')
