"""Stage seven: a store in; answers, drawings, exports, explanations and an endpoint out."""
