"""Stage five: `Reading` records in, RDF statements, the fact view and its check out."""
