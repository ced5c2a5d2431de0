"""Sends as many tasks as the first argument says, each of them confirmed by RabbitMQ; one by one when there are more arguments."""

import sys
import uuid

from celery_app import insert_row
from trickle import trickle


def send(number):
    insert_row.delay(str(uuid.uuid4()), number)


arguments = sys.argv[1:]
if len(arguments) > 1:
    trickle(arguments, send)
else:
    for each in range(int(arguments[0])):
        send(each)
