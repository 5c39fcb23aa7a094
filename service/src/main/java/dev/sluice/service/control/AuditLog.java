package dev.sluice.service.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of that name: audit lines as text, for those who collect logs. */
public final class AuditLog {

  private static final Logger AUDIT = LoggerFactory.getLogger("dev.sluice.audit");

  private AuditLog() {}

  /**
   * Writes a line of what is no act upon an org: a login, a call that was denied.
   *
   * @param org in which org, {@code -} for none
   * @param actor who, {@code -} for nobody that is known
   * @param object to what; may come from anybody and hold anything
   * @param detail may be empty
   */
  public static void line(String org, String actor, String verb, String object, String detail) {
    line(org, actor, verb, object, detail, "");
  }

  /** Writes a line; parts that say nothing are left out. */
  static void line(
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

  /** A text in quotes, so that it can't pass for the rest of a line, or for another one. */
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
