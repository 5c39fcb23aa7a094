package dev.sluice.admin.system;

import dev.sluice.admin.SignIn;
import dev.sluice.admin.web.Chromes;
import dev.sluice.admin.web.Headers;
import dev.sluice.admin.web.Redirects;
import dev.sluice.admin.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Path("admin/login")
public record LoginPage(SignIn signIn) {

  @GET
  public Response form(
      @Context ContainerRequestContext request, @QueryParam("then") @Nullable String then) {
    return form(request, 200, new LoginView("", Redirects.back(then), null));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response post(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest connection,
      @FormParam("name") @Nullable String name,
      @FormParam("password") @Nullable String password,
      @FormParam("then") @Nullable String then) {
    String who = name == null ? "" : name;
    SignIn.Outcome outcome =
        signIn.signIn(who, password == null ? "" : password, request, connection);
    if (outcome instanceof SignIn.Refused refused) {
      return again(request, new LoginView(who, Redirects.back(then), refused.text()), refused);
    }
    return leave(Redirects.back(then), (SignIn.Accepted) outcome);
  }

  private static Response again(
      ContainerRequestContext request, LoginView view, SignIn.Refused refused) {
    Response form = form(request, refused.status(), view);
    return refused.status() == 429 || refused.status() == 503
        ? Response.fromResponse(form)
            .header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds())
            .build()
        : form;
  }

  static Response leave(String to, SignIn.Accepted accepted) {
    return Headers.on(Response.seeOther(URI.create(to)))
        .header(HttpHeaders.SET_COOKIE, accepted.setCookie())
        .build();
  }

  private static Response form(ContainerRequestContext request, int status, LoginView view) {
    return Shell.page(status, "login", Chromes.bare(request, "Log in"), view);
  }
}
