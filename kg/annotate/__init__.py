"""Stage two: an `Article` in, an `Annotation` (parse, mentions, dates, counts) out."""
