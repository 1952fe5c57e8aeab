"""PDF documents: data and a template of `templates/documents` in, a tagged file out."""
