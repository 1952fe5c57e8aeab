"""What the register costs, as ratios against something that is run side by side."""
