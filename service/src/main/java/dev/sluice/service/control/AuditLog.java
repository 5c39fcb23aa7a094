package dev.sluice.service.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class AuditLog {

  private static final Logger AUDIT = LoggerFactory.getLogger("dev.sluice.audit");

  private AuditLog() {}

  /**
   * For an event outside of the store, such as a login. {@code org} and {@code actor} may be {@code
   * -}; {@code object} is untrusted.
   */
  public static void line(String org, String actor, String verb, String object, String detail) {
    line(org, actor, verb, object, detail, "");
  }

  public static void line(
      String org, String actor, String verb, String object, String detail, String reason) {
    AUDIT.info(
        "org={} actor={} verb=\"{}\" object={}{}{}",
        org,
        actor,
        verb,
        quoted(object),
        detail.isEmpty() ? "" : " detail=" + quoted(detail),
        reason.isEmpty() ? "" : " reason=" + quoted(reason));
  }

  /** Quotes a text, so that it can't forge other parts or lines. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    quoted.append(String.format("\\u%04x", c));
                default -> quoted.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
