"""A client of Sluice without dependencies.

Sluice enqueues work and follows it, Worker runs it, and verify_webhook verifies what Sluice posts.
"""

from ._producer import Sluice
from ._transport import Json, NoAnswer, SluiceError
from ._webhook import verify_webhook
from ._worker import Message, Outcome, Session, Worker, completed, failed

__all__ = [
    "Json",
    "Message",
    "NoAnswer",
    "Outcome",
    "Session",
    "Sluice",
    "SluiceError",
    "Worker",
    "completed",
    "failed",
    "verify_webhook",
]
