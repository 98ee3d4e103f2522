"""Stage one: files, web pages, feeds and tables in, `Article` records out."""
