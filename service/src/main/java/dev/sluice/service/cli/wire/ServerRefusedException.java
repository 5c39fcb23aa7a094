package dev.sluice.service.cli.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A call without which the measurement can't go on was answered, but not with success. */
public final class ServerRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 200;

  public ServerRefusedException(String call, WireAnswer answer) {
    super(describe(call, answer));
  }

  /** The call, the status, and what the server says about it in at most 200 characters. */
  public static String describe(String call, WireAnswer answer) {
    return call + " answered " + answer.status() + ": " + reason(answer);
  }

  /** The protocol's error body holds the human text in {@code message}, {@code error} or both. */
  private static String reason(WireAnswer answer) {
    String text = "";
    try (JsonParser json = WireJson.parser(answer.body())) {
      WireJson.expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        boolean wanted = name.equals("message") || (name.equals("error") && text.isEmpty());
        if (wanted && value == JsonToken.VALUE_STRING) {
          text = json.getText();
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // not JSON, an error page perhaps: shown as it is
    }
    String shown = (text.isEmpty() ? answer.text() : text).replaceAll("\\p{Cntrl}", " ").strip();
    return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
  }
}
