"""Planning a conference: days, venue, duties, agenda and working groups."""
