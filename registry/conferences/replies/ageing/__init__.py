"""What is forgotten after a conference: needs soon, names later, the counts stay."""
