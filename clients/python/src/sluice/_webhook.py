from __future__ import annotations

import hashlib
import hmac
import re
import time
from typing import Optional

TOLERANCE_SECONDS = 300


def verify_webhook(
    secret: str, timestamp: str, signature: str, body: bytes, now: Optional[float] = None
) -> bool:
    """Returns True if Sluice has signed the body with the secret, not long ago.

    timestamp and signature are the headers X-Sluice-Timestamp and X-Sluice-Signature, body is the
    bytes as they were received, and now is the present time in epoch seconds.
    """
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    expected = ("v1=" + mac.hexdigest()).encode()
    matches = [hmac.compare_digest(expected, each.strip().encode()) for each in signature.split(",")]
    return any(matches)
