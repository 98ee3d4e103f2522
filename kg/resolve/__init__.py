"""Stage four: many `Reading` records in, judgements on what is the same across articles out."""
