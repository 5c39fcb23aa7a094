package dev.sluice.service.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** An error answer to a call that the command cannot do without. */
public final class ServerRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int SHOWN = 200;

  public ServerRefusedException(String call, WireAnswer answer) {
    super(describe(call, answer));
  }

  /** At most 200 characters of the error text. */
  public static String describe(String call, WireAnswer answer) {
    return call + " answered " + answer.status() + ": " + reason(answer);
  }

  /** The error text is in {@code message}, {@code error} or both. */
  private static String reason(WireAnswer answer) {
    String text = "";
    try {
      JsonNode error = JSON.readTree(answer.body());
      text = text(error.path("message"));
      text = text.isEmpty() ? text(error.path("error")) : text;
    } catch (IOException e) {
      // not JSON, an error page perhaps: shown as it is
    }
    String shown = (text.isEmpty() ? answer.text() : text).replaceAll("\\p{Cntrl}", " ").strip();
    return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : "";
  }
}
