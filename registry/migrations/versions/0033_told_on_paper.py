"""What a letter has told of a conference"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_on_paper', sa.Integer(), nullable=True))
    op.execute(
        'UPDATE conference_invitation SET told_on_paper = 0 WHERE letter_on IS NOT NULL'
    )


def downgrade() -> None:
    with op.batch_alter_table('conference_invitation', schema=None) as batch_op:
        batch_op.drop_column('told_on_paper')
