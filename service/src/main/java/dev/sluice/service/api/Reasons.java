package dev.sluice.service.api;

import dev.sluice.backend.audit.AuditNote;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Reads why somebody acts by hand: {@code reason} of a body or in the query, for the audit line.
 */
public final class Reasons {

  private static final String NAME = "reason";

  private Reasons() {}

  /**
   * The member of a body, empty where there is none.
   *
   * @throws ApiException 400
   */
  public static String of(JsonBody body) {
    return of(body.string(NAME));
  }

  /**
   * The parameter of a call without a body, empty where there is none.
   *
   * @throws ApiException 400
   */
  public static String of(@Nullable String parameter) {
    if (parameter == null) {
      return "";
    }
    String problem = AuditNote.problem(parameter);
    if (problem != null) {
      throw ApiException.invalid(NAME, problem);
    }
    return parameter;
  }
}
