package dev.sluice.admin.acts;

import dev.sluice.admin.web.Redirects;
import dev.sluice.backend.AuditNote;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form's fields, posted or from its address. */
public record FormInput(MultivaluedMap<String, String> fields) {

  public static final String REASON = "reason";

  public static final String BACK = "back";

  /** Returns the stripped value or "". */
  public String text(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.strip();
  }

  /** Returns the page to go back to, which is one of ours, or "" if the form names none. */
  public String back() {
    String back = text(BACK);
    return back.isEmpty() ? "" : Redirects.back(back);
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Returns the value as typed, with {@code \n} line breaks. */
  public String lines(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.replace("\r\n", "\n");
  }

  public String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw new InvalidFieldException(name, "is required");
    }
    return value;
  }

  public boolean ticked(String name) {
    return !text(name).isEmpty();
  }

  public List<String> all(String name) {
    List<String> values = fields.get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  /**
   * Returns null if empty.
   *
   * @throws InvalidFieldException unless a number in the range
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

  public String reason() {
    String reason = text(REASON);
    String problem = AuditNote.problem(reason);
    if (problem != null) {
      throw new InvalidFieldException(REASON, problem);
    }
    return reason;
  }
}
