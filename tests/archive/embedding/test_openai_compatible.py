import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from archive.embedding.openai_compatible import BATCH, Endpoint, OpenAICompatible
from archive.embedding.protocol import EmbeddingError


class Speaker(BaseHTTPRequestHandler):
    """An embedding of a text is its length and 1; rows come back in reverse order."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        rows = [
            {"index": place, "embedding": [len(text), 1.0]}
            for place, text in enumerate(body["input"])
        ]
        reply = json.dumps(self.server.reply or {"data": rows[::-1]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *words):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Speaker) as server:
        server.asked, server.reply, server.status = [], None, 200
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def speaking_to(server, dimensions=0):
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "secret")
    return OpenAICompatible("small", endpoint, dimensions)


def test_rows_keep_the_order_of_the_texts_and_have_length_one(server):
    rows = speaking_to(server).embed_documents(["abc", "a"])
    assert rows == pytest.approx(np.array([[3, 1], [1, 1]]) / np.sqrt([[10], [2]]))


def test_the_key_and_the_model_are_sent(server):
    speaking_to(server).embed_query("heron")
    path, authorization, body = server.asked[0]
    assert (path, authorization) == ("/v1/embeddings", "Bearer secret")
    assert body == {"model": "small", "input": ["heron"]}


def test_many_texts_go_in_batches(server):
    rows = speaking_to(server).embed_documents(["x"] * (BATCH + 1))
    assert (len(rows), [len(body["input"]) for *_, body in server.asked]) == (BATCH + 1, [BATCH, 1])


def test_dimensions_are_the_models_own_unless_asked_for(server):
    assert speaking_to(server).dimensions == 2
    assert speaking_to(server, 64).dimensions == 64


def test_an_endpoint_that_refuses_is_one_error(server):
    server.status = 503
    with pytest.raises(EmbeddingError, match="did not answer"):
        speaking_to(server).embed_query("heron")


def test_an_answer_of_another_form_is_one_error(server):
    server.reply = {"vectors": []}
    with pytest.raises(EmbeddingError, match="another form"):
        speaking_to(server).embed_query("heron")


def test_a_missing_vector_is_one_error(server):
    server.reply = {"data": []}
    with pytest.raises(EmbeddingError, match="number of vectors"):
        speaking_to(server).embed_query("heron")


def test_an_endpoint_that_is_not_there_is_one_error():
    with pytest.raises(EmbeddingError, match="did not answer"):
        OpenAICompatible("small", Endpoint("http://127.0.0.1:9/v1", "")).embed_query("heron")
