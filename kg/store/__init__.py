"""Stage six: one protocol over memory, Oxigraph on disk, and any SPARQL 1.1 server."""
