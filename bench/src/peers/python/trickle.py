"""Sends tasks one by one at their times."""

import json
import time


def trickle(arguments, send):
    """Prints when each was begun to be sent, in milliseconds since 1970: how many, the first number, and the milliseconds between them."""
    count, first, every = int(arguments[0]), int(arguments[1]), float(arguments[2]) / 1000
    start = time.time()
    moments = []
    for index in range(count):
        time.sleep(max(0, start + index * every - time.time()))
        moments.append(time.time() * 1000)
        send(first + index)
    print(json.dumps(moments))
