"""Data in and out: reference data, demo data, exports, backups."""
