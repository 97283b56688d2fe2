"""A bare Flask route that returns bytes it was given before: what no service under this server can beat."""

import os
import pickle
from pathlib import Path

from flask import Flask, Response, request

app = Flask(__name__)
answers = pickle.loads(Path(os.environ["ANSWERS"]).read_bytes())


@app.get("/quotations")
def quotations() -> Response:
    return Response(answers[request.args["q"]], mimetype="application/json")
