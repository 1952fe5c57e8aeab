"""What the office has to look after in offers: what they lack, and what runs out."""
