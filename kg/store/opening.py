"""Open a store by where it is: nothing for memory, a folder, or the URL of a SPARQL 1.1 server.

Takes a location as `-s/--store` names it and gives a `Store`.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import StoreError
from kg.store.base import Store
from kg.store.endpoint import EndpointStore
from kg.store.oxigraph import OxigraphStore

__all__ = ["is_url", "open_store"]


def open_store(
    location: str | os.PathLike[str] | None = None,
    *,
    create: bool = False,
    read_only: bool = False,
    update_url: str | None = None,
) -> Store:
    """Open the store at a location.

    Args:
        location: None for memory, a folder, or the URL that a SPARQL server answers queries at.
        create: Make the folder when it is not there.
        read_only: Leave the folder to another writer; changes are refused.
        update_url: Where the server takes updates, when it is another URL than the query URL.

    Raises:
        StoreError: There is no store, it is in use, or the server does not answer.
    """
    if location is None:
        return OxigraphStore()
    if is_url(location):
        return EndpointStore(str(location), update_url=update_url)
    path = Path(location)
    # RocksDB's marker file: an empty or foreign folder would otherwise turn into a store.
    if not create and not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here. Build one with `kg build INPUT -o DIR`.")
    if create:
        path.mkdir(parents=True, exist_ok=True)
    return OxigraphStore(path, read_only=read_only)


def is_url(location: object) -> bool:
    """Tell whether a location is the URL of a server.

    Example:
        >>> is_url("http://localhost:7878/query"), is_url("build/store")
        (True, False)
    """
    return str(location).startswith(("http://", "https://"))
