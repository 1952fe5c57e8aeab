"""The offer overview on paper: a brochure, the same as a sheet, and posters."""
