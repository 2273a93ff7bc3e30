"""An embedding endpoint in the OpenAI form on this machine, which knows words by their letters."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DIMENSIONS = 24


def vector(text):
    """Texts that share words are near each other."""
    row = [0.01] * DIMENSIONS
    for word in text.lower().replace(".", " ").split():
        row[hashlib.sha256(word.encode()).digest()[0] % DIMENSIONS] += 1.0
    return row


class EmbeddingEndpoint(ThreadingHTTPServer):
    """`asked` has the texts of every request; while `status` is not 200 all are refused.

    Request number `stops_at`, counted from 1, sets `stopped` and is never answered.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.keys, self.status = [], [], 200
        self.stops_at, self.stopped, self.over = 0, threading.Event(), threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def texts(self):
        return [text for texts in self.asked for text in texts]

    def __enter__(self):
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.shutdown()
        self.server_close()
        self.thread.join()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body["input"])
        self.server.keys.append(self.headers["Authorization"])
        if len(self.server.asked) == self.server.stops_at:
            self.server.stopped.set()
            self.server.over.wait(60)
            return
        rows = [{"index": at, "embedding": vector(text)} for at, text in enumerate(body["input"])]
        reply = json.dumps({"data": rows}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *words):
        pass
