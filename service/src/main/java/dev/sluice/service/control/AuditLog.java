package dev.sluice.service.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit lines of what is no act upon an org: logins, and calls that were denied. */
public final class AuditLog {

  private static final Logger AUDIT = LoggerFactory.getLogger("dev.sluice.audit");

  private AuditLog() {}

  /**
   * Writes a line.
   *
   * @param org in which org, {@code -} for none
   * @param actor who, {@code -} for nobody that is known
   * @param object to what; may come from anybody and hold anything
   * @param detail may be empty
   */
  public static void line(String org, String actor, String verb, String object, String detail) {
    AUDIT.info(
        "org={} actor={} verb=\"{}\" object={} detail={}",
        org,
        actor,
        verb,
        quoted(object),
        quoted(detail));
  }

  /** A text in quotes, so that it can't pass for the rest of a line, or for another one. */
  static String quoted(String text) {
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
