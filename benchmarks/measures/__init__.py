"""One file for each goal; `measure` returns its rows."""
