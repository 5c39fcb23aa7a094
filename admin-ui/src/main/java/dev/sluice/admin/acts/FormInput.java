package dev.sluice.admin.acts;

import dev.sluice.backend.audit.AuditNote;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a form hold: as posted, or as the form's address fills them in.
 *
 * @param fields values by name
 */
public record FormInput(MultivaluedMap<String, String> fields) {

  /** The field that says why. */
  public static final String REASON = "reason";

  /** The page that the form was on, to lead back to. */
  public static final String BACK = "back";

  /** A field's text without the space around it; empty where there is none. */
  public String text(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.strip();
  }

  /** Whether a field was there, empty or not. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A field's text as typed; line breaks as one character each, as a JSON text would have them. */
  public String lines(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.replace("\r\n", "\n");
  }

  /**
   * A text that must be there.
   *
   * @throws InvalidFieldException if it isn't
   */
  public String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw new InvalidFieldException(name, "is required");
    }
    return value;
  }

  /** Whether a box is ticked. */
  public boolean ticked(String name) {
    return !text(name).isEmpty();
  }

  /** All values of a field. */
  public List<String> all(String name) {
    List<String> values = fields.get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  /**
   * A whole number; null where the field is empty.
   *
   * @throws InvalidFieldException unless it is one from the least to the most
   */
  public @Nullable Integer whole(String name, int least, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidFieldException(name, "must be a whole number from " + least + " to " + most);
  }

  /**
   * Why, in the operator's words; empty where none were given.
   *
   * @throws InvalidFieldException if it can't stand in an audit line
   */
  public String reason() {
    String reason = text(REASON);
    String problem = AuditNote.problem(reason);
    if (problem != null) {
      throw new InvalidFieldException(REASON, problem);
    }
    return reason;
  }
}
