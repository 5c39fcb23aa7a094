package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Opens and ends a visitor's session; the login page knows nothing of how. */
public interface SignIn {

  /** What became of an attempt. */
  sealed interface Outcome permits Accepted, Refused {}

  /**
   * The visitor's session began, or ended.
   *
   * @param setCookie the header that makes the browser keep, or drop, the session's cookie
   */
  record Accepted(String setCookie) implements Outcome {}

  /**
   * They aren't who they say, or may not try now.
   *
   * @param status 401, 403, 429 or 503
   * @param text for the visitor; doesn't say which of name and password was wrong
   * @param retryAfterSeconds when to try again, for 429 and 503
   */
  record Refused(int status, String text, long retryAfterSeconds) implements Outcome {}

  /**
   * Checks a name and a password, both as typed.
   *
   * @param request for its headers: a form that another site posts is refused
   * @param connection where it comes from
   */
  Outcome signIn(
      String name, String password, ContainerRequestContext request, HttpServletRequest connection);

  /**
   * Ends the session of this request, if there is one; not for a form of another site.
   *
   * @param everywhere all sessions of its visitor
   */
  Outcome signOut(
      ContainerRequestContext request, HttpServletRequest connection, boolean everywhere);
}
