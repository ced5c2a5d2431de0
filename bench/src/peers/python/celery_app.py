"""Celery on RabbitMQ: each task inserts its row through SQLAlchemy and is acknowledged afterwards."""

import os

import sqlalchemy
from celery import Celery
from celery.signals import worker_process_init

INSERT = sqlalchemy.text("INSERT INTO ledger (task_id, n) VALUES (:task_id, :n)")

app = Celery("bench", broker=os.environ["AMQP_URL"])
app.conf.update(
    task_default_queue="bench.celery",
    task_acks_late=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=int(os.environ["PREFETCH_MULTIPLIER"]),
    broker_transport_options={"confirm_publish": True},
)

engine = None


@worker_process_init.connect
def connect(**_):
    """A pool of connections cannot be shared by processes: each makes its own once it has been forked."""
    global engine
    engine = sqlalchemy.create_engine(os.environ["SQLALCHEMY_URL"])


@app.task(name="insert_row")
def insert_row(task_id, n):
    with engine.begin() as connection:
        connection.execute(INSERT, {"task_id": task_id, "n": n})
