package dev.sluice.service.resources.open;

import dev.sluice.service.api.JsonBody;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.CrossSite;
import dev.sluice.service.auth.http.CookieCallers;
import dev.sluice.service.auth.http.Logins;
import dev.sluice.service.auth.http.SessionCookies;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.open.LoginAnswers.LoggedIn;
import dev.sluice.service.resources.open.LoginAnswers.Me;
import io.dropwizard.auth.Auth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public final class LoginResource {

  private final Logins logins;
  private final SessionCookies cookies;

  public LoginResource(Logins logins, SessionCookies cookies) {
    this.logins = logins;
    this.cookies = cookies;
  }

  /** Answers a wrong name and a wrong password with the same text. */
  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response login(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest connection,
      byte[] body) {
    CrossSite.refuseForeign(request);
    JsonBody json = JsonBody.of(body);
    String name = json.requiredName("name");
    String password = json.requiredText("password", PasswordHash.MAX_PASSWORD);
    if (password.isEmpty()) {
      throw ApiException.invalid("password", "must not be empty");
    }
    Logins.Session session = logins.login(name, password, connection.getRemoteAddr());
    return Response.ok(LoggedIn.of(session))
        .header(HttpHeaders.SET_COOKIE, cookies.header(session.cookie(), connection.isSecure()))
        .build();
  }

  /** Ends the login on this node at once, on other nodes within 5 s. */
  @POST
  @Path("logout")
  public Response logout(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest connection,
      @QueryParam("everywhere") @Nullable String everywhere) {
    CrossSite.refuseForeign(request);
    if (everywhere != null && !everywhere.equals("true") && !everywhere.equals("false")) {
      throw ApiException.invalid("everywhere", "must be true or false");
    }
    logins.logout(CookieCallers.value(request), "true".equals(everywhere));
    return Response.noContent()
        .header(HttpHeaders.SET_COOKIE, SessionCookies.gone(connection.isSecure()))
        .build();
  }

  @GET
  @Path("me")
  public Me me(@Auth Caller caller) {
    return Me.of(caller);
  }
}
