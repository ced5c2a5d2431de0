"""Flask and RQ the way this project did without: every task makes an app, and with it an engine and a connection, for itself alone."""

import os

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Row(db.Model):
    __tablename__ = "ledger"
    id = db.Column(db.BigInteger, primary_key=True)
    task_id = db.Column(db.String(36), nullable=False)
    n = db.Column(db.Integer, nullable=False)


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["SQLALCHEMY_URL"]
    db.init_app(app)
    return app


def insert_row(task_id, n):
    app = create_app()
    with app.app_context():
        db.session.add(Row(task_id=task_id, n=n))
        db.session.commit()
