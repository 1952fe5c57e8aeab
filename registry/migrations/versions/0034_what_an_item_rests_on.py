"""What an item of a programme rests on"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('conference_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('basis', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('field_id', sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f('ix_conference_item_field_id'), ['field_id'], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_conference_item_field_id_term'),
            'term',
            ['field_id'],
            ['id'],
            ondelete='SET NULL',
        )


def downgrade() -> None:
    with op.batch_alter_table('conference_item', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_conference_item_field_id_term'), type_='foreignkey'
        )
        batch_op.drop_index(batch_op.f('ix_conference_item_field_id'))
        batch_op.drop_column('field_id')
        batch_op.drop_column('basis')
