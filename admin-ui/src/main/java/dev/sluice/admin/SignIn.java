package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

public interface SignIn {

  sealed interface Outcome permits Accepted, Refused {}

  record Accepted(String setCookie) implements Outcome {}

  /**
   * @param status 401, 403, 429 or 503
   * @param text for the visitor; doesn't tell a wrong name from a wrong password
   * @param retryAfterSeconds for 429 and 503
   */
  record Refused(int status, String text, long retryAfterSeconds) implements Outcome {}

  /** Checks name and password. Refuses forms of other sites. */
  Outcome signIn(
      String name, String password, ContainerRequestContext request, HttpServletRequest connection);

  /** Ends the visitor's session, or all of them. Refuses forms of other sites. */
  Outcome signOut(
      ContainerRequestContext request, HttpServletRequest connection, boolean everywhere);
}
