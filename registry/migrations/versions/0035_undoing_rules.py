"""What rules changed in a list can be undone"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('before_rules', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('conference_invitation', schema=None) as batch_op:
        batch_op.drop_column('before_rules')
