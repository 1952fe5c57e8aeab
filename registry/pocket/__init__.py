"""What a phone keeps: watch lists, the installed app, pages without network."""
