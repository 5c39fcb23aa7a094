package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Opens and ends sessions of visitors. */
public interface SignIn {

  sealed interface Outcome permits Accepted, Refused {}

  /**
   * @param setCookie value of the {@code Set-Cookie} header
   */
  record Accepted(String setCookie) implements Outcome {}

  /**
   * @param status 401, 403, 429 or 503
   * @param text for the visitor; does not tell a wrong name from a wrong password
   * @param retryAfterSeconds for 429 and 503
   */
  record Refused(int status, String text, long retryAfterSeconds) implements Outcome {}

  /** Checks name and password as typed. Refuses forms of other sites. */
  Outcome signIn(
      String name, String password, ContainerRequestContext request, HttpServletRequest connection);

  /**
   * Ends the session of this request. Refuses forms of other sites.
   *
   * @param everywhere true to end all sessions of the visitor
   */
  Outcome signOut(
      ContainerRequestContext request, HttpServletRequest connection, boolean everywhere);
}
