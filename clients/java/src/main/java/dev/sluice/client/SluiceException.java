package dev.sluice.client;

import java.util.Map;

/** An answer of Sluice that is an error. {@code docs/protocol.md} lists the codes. */
public final class SluiceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String field;

  SluiceException(int status, Map<String, Object> body) {
    super(status + " " + Json.text(body, "code") + ": " + Json.text(body, "message"));
    this.status = status;
    this.code = Json.text(body, "code");
    this.field = Json.text(body, "field");
  }

  public int status() {
    return status;
  }

  /** The name of the error for programs; empty if it has none. */
  public String code() {
    return code;
  }

  /** The member or parameter at fault; empty if the error names none. */
  public String field() {
    return field;
  }
}
