"""How a region's register looks and works: name, logo, colour, sender, rules, imprint, privacy."""
