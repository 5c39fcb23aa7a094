package dev.sluice.bench.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** An error answer to a call that the command cannot do without. */
public final class ServerRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

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
