"""Starts a server, prints its address, and waits to be killed."""

import time

import touchline

server = touchline.Server()
print(server.url, flush=True)
time.sleep(600)
