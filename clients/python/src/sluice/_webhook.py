from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from typing import Optional

TOLERANCE_SECONDS = 300


def verify_webhook(
    secret: str,
    webhook_id: str,
    timestamp: str,
    signature: str,
    body: bytes,
    now: Optional[float] = None,
) -> bool:
    """Returns True if Sluice has signed the body with the secret, not long ago.

    webhook_id, timestamp and signature are the headers webhook-id, webhook-timestamp and
    webhook-signature, body is the bytes as they were received, and now is the present time in
    epoch seconds.
    """
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    try:
        key = _key(secret)
    except binascii.Error:
        return False
    mac = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256)
    expected = b"v1," + base64.b64encode(mac.digest())
    matches = [hmac.compare_digest(expected, each.encode()) for each in signature.split()]
    return any(matches)


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret[len("whsec_") :], validate=True)
    return secret.encode()
