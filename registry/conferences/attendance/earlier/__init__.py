"""What became of earlier conferences: who came, who did not."""
