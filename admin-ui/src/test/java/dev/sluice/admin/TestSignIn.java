package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Accepts ann with the password "secret"; bob has tried too often. */
final class TestSignIn implements SignIn {

  @Override
  public Outcome signIn(
      String name,
      String password,
      ContainerRequestContext request,
      HttpServletRequest connection) {
    if (name.equals("bob")) {
      return new Refused(429, "Too many failed logins", 17);
    }
    return name.equals("ann") && password.equals("secret")
        ? new Accepted("test_session=ann; Path=/")
        : new Refused(401, "Name or password is wrong", 0);
  }

  @Override
  public Outcome signOut(
      ContainerRequestContext request, HttpServletRequest connection, boolean everywhere) {
    return "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))
        ? new Refused(403, "A page of another site may not do this", 0)
        : new Accepted("test_session=; Path=/");
  }
}
