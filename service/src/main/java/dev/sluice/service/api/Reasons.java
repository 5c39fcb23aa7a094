package dev.sluice.service.api;

import dev.sluice.backend.audit.AuditNote;
import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** Reads the reason of an act for the audit log: {@code reason} in the body or the query. */
public final class Reasons {

  private static final String NAME = "reason";

  private Reasons() {}

  /** Returns the member of a body; empty if absent. */
  public static String of(JsonBody body) {
    return of(body.string(NAME));
  }

  /** Returns the parameter of a call without a body; empty if absent. */
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
