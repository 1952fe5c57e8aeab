"""Texts out to translation offices and back: XLIFF and XLSX, each text known by its id."""
