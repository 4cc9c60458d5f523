"""Edition → files: PDF, DOCX, XLSX, HTML, open data. A publisher sees only what is public."""
