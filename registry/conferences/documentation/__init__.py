"""What a conference hands out afterwards: the documentation as a page, PDF and DOCX (D11)."""
