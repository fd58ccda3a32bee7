"""Checks how docs/clients/tandem_reward.py cuts its requests and repeats them, against a server that is made here.

    python -m venv venv && venv/bin/pip install requests
    venv/bin/python bench/check_reward_batches.py

The server refuses bodies as a proxy and the site do, and says 503 and 429 first. The last line is one JSON object; the exit
status is 0 when "faults" is empty.
"""

import json
import os
import pathlib
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MOST_BYTES, MOST_COMPLETIONS = 1_000_000, 1_000


class Site(BaseHTTPRequestHandler):
    refusals, bodies, protocol_version = [], [], "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        items = json.loads(body)["items"]
        status = 200
        if self.refusals:
            status = self.refusals.pop(0)
        elif self.headers["authorization"] != "Bearer tdm_a":
            status = 401
        elif len(body) > MOST_BYTES and len(items) > 1:
            status = 413
        elif not 0 < len(items) <= MOST_COMPLETIONS:
            status = 422
        self.bodies.append(status)
        # The reward is the length, so that each answer tells whose it is.
        scores = [{"completions": [{"reward": len(item["completions"][0])}]} for item in items]
        reply = json.dumps({"items": scores} if status == 200 else {}).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(reply)))
        if status == 503:
            self.send_header("retry-after", "1")
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(TANDEM_URL=f"http://127.0.0.1:{server.server_port}", TANDEM_PROJECT="p", TANDEM_API_KEY="tdm_a")
    sys.path.append(str(pathlib.Path(__file__).parents[1] / "docs" / "clients"))
    from tandem_reward import tandem_reward

    turn = lambda content: [{"role": "assistant", "content": content}]
    cases = {
        "nothing": ([], []),
        "many short": ([], ["a" * (i % 7) for i in range(2_500)]),
        "many long": ([], ["a" * (20_000 + i) for i in range(120)]),
        "escaped": ([], ["\u6c34" * (5_000 + i) for i in range(120)]),
        "one longer than a batch": ([], ["So.", "a" * 3_000_000, "No."]),
        "refused at first": ([503, 429, 502], ["So.", "Perhaps."]),
        "refused in between": ([200, 503], ["a" * 600_000, "b" * 600_001]),
    }
    faults, calls = [], {}
    for name, (refusals, completions) in cases.items():
        Site.refusals[:], Site.bodies[:] = refusals, []
        for sent in (completions, [turn(text) for text in completions]):
            try:
                if tandem_reward(["Why?"] * len(sent), sent) != [len(text) for text in completions]:
                    faults.append(f"{name}: other rewards")
            except Exception as error:
                faults.append(f"{name}: {error}")
        calls[name] = Site.bodies[:]
    print(json.dumps({"faults": faults, "calls": {name: len(statuses) for name, statuses in calls.items()}}))
    sys.exit(len(faults) > 0)


if __name__ == "__main__":
    main()
