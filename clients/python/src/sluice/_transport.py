from __future__ import annotations

import http.client
import json
import random
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional

Json = Dict[str, Any]

ANSWER_SECONDS = 60  # more than a poll is held
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


class NoAnswer(Exception):
    """There was no whole answer; the call may have been carried out."""


class SluiceError(Exception):
    """An answer of Sluice that is an error. docs/protocol.md lists the codes."""

    def __init__(self, status: int, body: Json) -> None:
        self.status = status
        self.code: str = body.get("code", "")
        self.field: str = body.get("field", "")
        super().__init__(f"{status} {self.code}: {body.get('message', '')}")


@dataclass(frozen=True)
class Answer:
    status: int
    body: Json
    retry_after: float

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def later(self) -> bool:
        """True if the same call may succeed later."""
        return self.status in (408, 429) or self.status >= 500

    def problem(self) -> SluiceError:
        return SluiceError(self.status, self.body)


class Transport:
    """Makes single calls."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def call(
        self,
        method: str,
        path: str,
        bearer: str,
        body: Optional[Json] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> Answer:
        """Raises NoAnswer if there was no whole answer."""
        request = urllib.request.Request(
            self._url + path,
            method=method,
            data=json.dumps(body or {}).encode() if method == "POST" else None,
            headers={
                "Authorization": f"Bearer {bearer}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
        )
        try:
            try:
                with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as response:
                    return _answer(response.status, response.headers, response.read())
            except urllib.error.HTTPError as error:
                with error:
                    return _answer(error.code, error.headers, error.read())
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{method} {path}: {error}") from error


def _answer(status: int, headers: Any, data: bytes) -> Answer:
    seconds = headers.get("Retry-After") or ""
    retry_after = float(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) else 0.0
    try:
        return Answer(status, json.loads(data), retry_after)
    except ValueError as error:
        if status < 300:
            raise NoAnswer("The answer isn't JSON") from error
        return Answer(status, {"message": data.decode(errors="replace")}, retry_after)


def pause(failures: int, retry_after: float = 0.0) -> float:
    """Returns half a second, doubled with each failure up to 30 s, and at random down to half of it.

    It is never shorter than what the server asks for.
    """
    most = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))
    return retry_after + most * random.uniform(0.5, 1.0)


def segment(text: str) -> str:
    """Makes an id fit for a path."""
    return urllib.parse.quote(text, safe="")
