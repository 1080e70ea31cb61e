"""A client of VAGEN's RemoteEnv, written from the protocol on Python's own HTTP and e-mail parsers: `vagen_client.py URL`.

One episode as VAGEN plays it, then what it does about failures: a step that is sent again, a session that is gone. Prints the
transcript: what was sent and what came, with the pixels of pictures as SHA-256 and the names of sessions left out.
"""

import email.policy
import hashlib
import http.client
import io
import json
import sys
import urllib.parse
from email.parser import BytesParser

from PIL import Image

BOUNDARY = "gym_env_0123456789abcdef0123456789abcdef"
CONFIG = {"scenario": "academy_empty_goal_close", "decisionSteps": 2, "frame": {"width": 112, "height": 72}}
SEED, MOST_STEPS = 7, 60


class Client:
    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=120)
        self.session: str | None = None
        self.transcript: list[dict] = []

    def post(self, path: str, sent: dict) -> dict:
        head = 'Content-Disposition: form-data; name="data"\r\nContent-Type: application/json; charset=utf-8'
        body = f"--{BOUNDARY}\r\n{head}\r\n\r\n{json.dumps(sent)}\r\n--{BOUNDARY}--\r\n".encode()
        kind = f'multipart/form-data; boundary="{BOUNDARY}"'
        self.connection.request("POST", path, body, {"Content-Type": kind})
        answer = self.connection.getresponse()
        came = parts(answer.getheader("Content-Type", ""), answer.read())
        self.session = came["data"].get("session_id", self.session)
        self.transcript.append({"path": path, "sent": sent, "status": answer.status, **came})
        return came["data"]

    def call(self, method: str, **params) -> dict:
        return self.post("/call", {"session_id": self.session, "method": method, "params": params})


def parts(kind: str, body: bytes) -> dict:
    if kind.startswith("application/json"):
        return {"data": json.loads(body), "images": []}
    whole = BytesParser(policy=email.policy.HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    assert whole.get_content_type() == "multipart/mixed" and not whole.defects, whole.defects
    data, *images = whole.iter_parts()
    assert data.get_param("name", header="content-disposition") == "data" and data.get_filename() is None
    told = json.loads(data.get_payload(decode=True))
    # Each <image> has its picture, in order.
    assert told.get("obs", "").count("<image>") == len(images)
    assert [image.get_filename() for image in images] == [f"{number}.png" for number in range(len(images))]
    return {"data": told, "images": [picture(image.get_payload(decode=True)) for image in images]}


def picture(png: bytes) -> dict:
    image = Image.open(io.BytesIO(png)).convert("RGBA")  # as VAGEN's codec reads them
    return {"size": image.size, "sha256": hashlib.sha256(image.tobytes()).hexdigest()}


def main(url: str) -> None:
    client = Client(url)
    client.post("/connect", {"env_config": CONFIG, "seed": SEED})
    client.call("system_prompt")
    for step in range(MOST_STEPS):
        word = "shot" if step % 3 == 2 else "right"
        came = client.call("step", action_str=f"<think>The goal is right.</think><answer>{word}</answer>")
        if came["done"]:
            break
    client.call("reset", seed=SEED)
    client.call("step", action_str="I would rather not say.")
    client.call("close")
    client.call("step", action_str="<answer>right</answer>")
    text = json.dumps(client.transcript)
    print(text.replace(str(client.session), "SESSION"))


if __name__ == "__main__":
    main(*sys.argv[1:])
