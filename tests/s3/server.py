"""A server that speaks S3 for the tests, on a free loopback port.

    server.py    serves until its input ends

What it prints is one line: its port. Any key opens it; buckets are made by who uses them.
"""

import sys

from moto.server import ThreadedMotoServer


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    print(port, flush=True)
    sys.stdin.read()
    server.stop()


main()
