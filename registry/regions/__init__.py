"""Land – Regierungsbezirk – Kreis – Gemeinde, by official key; what lies below begins with it."""
