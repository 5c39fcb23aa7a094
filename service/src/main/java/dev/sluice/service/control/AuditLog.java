package dev.sluice.service.control;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import org.jspecify.annotations.Nullable;
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

  /**
   * For an act that the store has carried out and written down. Details that only the store knows
   * are left out.
   *
   * @param note without one the act is not an operator's, and leaves no line
   */
  public static void wrote(String org, @Nullable AuditNote note, AuditAct act) {
    if (note != null) {
      String detail = act.detail().contains("%s") ? "" : act.detail();
      line(org, note.actor(), act.verb(), act.object(), detail, note.reason());
    }
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
