"""Enqueues as many jobs as the first argument says; one by one when there are more arguments."""

import os
import sys
import uuid

from redis import Redis
from rq import Queue

from trickle import trickle

CHUNK = 500
JOB = "flask_rq_app.insert_row"

queue = Queue("bench", connection=Redis.from_url(os.environ["REDIS_URL"]))


def send(number):
    queue.enqueue(JOB, str(uuid.uuid4()), number)


def send_all(tasks):
    for start in range(0, tasks, CHUNK):
        numbers = range(start, min(start + CHUNK, tasks))
        queue.enqueue_many([Queue.prepare_data(JOB, args=(str(uuid.uuid4()), number)) for number in numbers])


arguments = sys.argv[1:]
if len(arguments) > 1:
    trickle(arguments, send)
else:
    send_all(int(arguments[0]))
