"""A language model's server for tests: it speaks the protocol, well or badly as it is told."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Model:
    """A local server that gives the answers it was told to, in turn, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                model.requests.append(json.loads(body))
                model.headers.append(dict(self.headers))
                status, content = model.next_answer()
                self.send_response(status)
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):
                    self.wfile.write(content)

            def finish(self) -> None:
                """Let a client go that has given up waiting."""
                with contextlib.suppress(BrokenPipeError):
                    super().finish()

            def log_message(self, *args: Any) -> None:
                """Keep the test's output free of the server's log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def next_answer(self) -> tuple[int, bytes]:
        """Give status and body of the next answer; a function answers by itself."""
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if callable(answer):
            answer = answer()
        if isinstance(answer, tuple):
            return answer
        content = answer if isinstance(answer, str) else json.dumps({"facts": answer})
        return 200, json.dumps({"choices": [{"message": {"content": content}}]}).encode()
