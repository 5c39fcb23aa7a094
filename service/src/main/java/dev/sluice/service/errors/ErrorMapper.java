package dev.sluice.service.errors;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Replaces Dropwizard's mappers. */
public final class ErrorMapper implements ExceptionMapper<Throwable> {

  private final ErrorAnswers answers;

  @Context private @Nullable SecurityContext security;

  public ErrorMapper(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  public Response toResponse(Throwable problem) {
    return answers.of(problem, security == null ? null : security.getUserPrincipal());
  }
}
