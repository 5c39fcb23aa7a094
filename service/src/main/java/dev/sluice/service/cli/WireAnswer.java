package dev.sluice.service.cli;

import java.nio.charset.StandardCharsets;

/** An HTTP answer: its status and its whole body, which is not copied. */
final class WireAnswer {

  private final int status;
  private final byte[] body;

  WireAnswer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The body's bytes; to be read only. */
  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
