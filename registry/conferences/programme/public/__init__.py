"""The programme as everyone sees it, once the office says so."""
