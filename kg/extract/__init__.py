"""Stage three: an `Annotation` in, a `Reading` (events, relations, links) out."""
