package dev.sluice.service.api;

import dev.sluice.backend.AuditNote;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

public final class Reasons {

  private static final String NAME = "reason";

  private Reasons() {}

  /** Empty if absent. */
  public static String of(JsonBody body) {
    return of(body.string(NAME));
  }

  /** May be empty. */
  public static String required(JsonBody body, String name) {
    String text = body.string(name);
    if (text == null) {
      throw ApiException.invalid(name, "is required");
    }
    return checked(name, text);
  }

  /** Empty if absent. */
  public static String of(@Nullable String parameter) {
    return parameter == null ? "" : checked(NAME, parameter);
  }

  private static String checked(String name, String text) {
    String problem = AuditNote.problem(text);
    if (problem != null) {
      throw ApiException.invalid(name, problem);
    }
    return text;
  }
}
