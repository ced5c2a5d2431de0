"""Sends as many tasks as the first argument says, each of them confirmed by RabbitMQ."""

import sys
import uuid

from celery_app import insert_row

for number in range(int(sys.argv[1])):
    insert_row.delay(str(uuid.uuid4()), number)
