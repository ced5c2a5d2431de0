"""Enqueues as many jobs as the first argument says."""

import os
import sys
import uuid

from redis import Redis
from rq import Queue

CHUNK = 500

tasks = int(sys.argv[1])
queue = Queue("bench", connection=Redis.from_url(os.environ["REDIS_URL"]))
for start in range(0, tasks, CHUNK):
    queue.enqueue_many(
        Queue.prepare_data("flask_rq_app.insert_row", args=(str(uuid.uuid4()), number))
        for number in range(start, min(start + CHUNK, tasks))
    )
