"""An RQ worker of the class that the first argument names. RQ's notes on performance advise to import what jobs need before it forks."""

import os
import sys

import rq
from redis import Redis

import flask_rq_app  # noqa: F401

worker = getattr(rq, sys.argv[1])
worker(["bench"], connection=Redis.from_url(os.environ["REDIS_URL"])).work(logging_level="WARNING")
