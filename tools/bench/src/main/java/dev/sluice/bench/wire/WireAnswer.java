package dev.sluice.bench.wire;

import java.nio.charset.StandardCharsets;

public final class WireAnswer {

  private final int status;
  private final byte[] body;

  WireAnswer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public byte[] body() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
