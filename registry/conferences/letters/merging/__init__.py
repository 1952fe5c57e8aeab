"""Letters as a document of a word processor, made of a template with placeholders."""
