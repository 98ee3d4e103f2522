"""A small SPARQL 1.1 server for the tests: real HTTP, form-encoded queries and updates."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, serialize

__all__ = ["serve_sparql"]


@contextmanager
def serve_sparql(*, union: bool = True) -> Iterator[str]:
    """Serve an empty store and give the URL that answers queries; updates go beside it."""
    store = pyoxigraph.Store()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode("utf-8"))
            try:
                if self.path == "/update":
                    store.update(form["update"][0])
                    self._answer(204, "text/plain", b"")
                else:
                    self._query(form["query"][0])
            except SyntaxError as error:
                self._answer(400, "text/plain", str(error).encode())

        def do_GET(self) -> None:
            form = parse_qs(self.path.partition("?")[2])
            self._query(form["query"][0])

        def _query(self, query: str) -> None:
            answer = store.query(query, use_default_graph_as_union=union)
            if isinstance(answer, QueryTriples):
                body = serialize(answer, format=RdfFormat.N_TRIPLES)
                self._answer(200, "application/n-triples", body or b"")
            else:
                body = answer.serialize(format=QueryResultsFormat.JSON)
                self._answer(200, "application/sparql-results+json", body or b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
