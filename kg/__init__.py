"""Read news about conflict and build a knowledge graph in which every edge has its source."""

__version__ = "0.1.0"
