"""Which mail told participants where they are"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_place_told', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mail_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_conference_place_told_mail_id'), ['mail_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_place_told_mail_id_mail'), 'mail', ['mail_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    with op.batch_alter_table('conference_place_told', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_place_told_mail_id_mail'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_place_told_mail_id'))
        batch_op.drop_column('mail_id')
