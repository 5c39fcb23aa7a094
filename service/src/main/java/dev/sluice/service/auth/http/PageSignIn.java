package dev.sluice.service.auth.http;

import dev.sluice.admin.SignIn;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Names;
import dev.sluice.service.auth.CrossSite;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.errors.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;

/** The dashboard's login, which shares limits, audit lines and cookie with the API. */
public final class PageSignIn implements SignIn {

  private static final Refused WRONG = new Refused(401, "Wrong name or password", 0);

  private static final Refused AWAY = new Refused(503, "The store doesn't answer; try again", 1);

  private final Logins logins;
  private final SessionCookies cookies;

  public PageSignIn(Logins logins, SessionCookies cookies) {
    this.logins = logins;
    this.cookies = cookies;
  }

  @Override
  public Outcome signIn(
      String name,
      String password,
      ContainerRequestContext request,
      HttpServletRequest connection) {
    if (impossible(name, password)) {
      return WRONG;
    }
    try {
      CrossSite.refuseForeign(request);
      Logins.Session session = logins.login(name, password, connection.getRemoteAddr());
      return new Accepted(cookies.header(session.cookie(), connection.isSecure()));
    } catch (ApiException refused) {
      return refused(refused);
    } catch (BackendUnavailableException e) { // it keeps the key that signs cookies
      return AWAY;
    }
  }

  @Override
  public Outcome signOut(
      ContainerRequestContext request, HttpServletRequest connection, boolean everywhere) {
    try {
      CrossSite.refuseForeign(request);
      logins.logout(CookieCallers.value(request), everywhere);
      return new Accepted(SessionCookies.gone(connection.isSecure()));
    } catch (ApiException foreign) {
      return refused(foreign);
    } catch (BackendUnavailableException e) {
      return AWAY;
    }
  }

  /** The API answers 400; a person just sees a wrong login. */
  private static boolean impossible(String name, String password) {
    return Names.problem(name) != null
        || password.isEmpty()
        || password.getBytes(StandardCharsets.UTF_8).length > PasswordHash.MAX_PASSWORD;
  }

  private static Refused refused(ApiException problem) {
    return new Refused(
        problem.status(), String.valueOf(problem.getMessage()), problem.retryAfterSeconds());
  }
}
