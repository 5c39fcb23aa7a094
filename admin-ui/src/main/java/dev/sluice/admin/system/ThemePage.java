package dev.sluice.admin.system;

import dev.sluice.admin.Visitors;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.web.Headers;
import dev.sluice.admin.web.Redirects;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Themes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@Path("admin/theme")
public record ThemePage(Visitors visitors) {

  private static final MessageView FOREIGN =
      new MessageView(
          "Form rejected",
          "Another site sent this form. Nothing was changed.",
          Links.ROOT,
          "Go to overview");

  private static final int A_YEAR = (int) Duration.ofDays(365).toSeconds();

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response choose(
      @Context ContainerRequestContext request,
      @FormParam("theme") @Nullable String theme,
      @FormParam("back") @Nullable String back) {
    if (!visitors.ours(request)) {
      return Shell.bare(request, 403, FOREIGN);
    }
    boolean chosen = theme != null && Themes.ALL.contains(theme);
    NewCookie cookie =
        new NewCookie.Builder(Themes.COOKIE)
            .value(chosen ? theme : "")
            .maxAge(chosen ? A_YEAR : 0)
            .path("/admin")
            .httpOnly(true)
            .sameSite(NewCookie.SameSite.STRICT)
            .build();
    return Headers.on(Response.seeOther(URI.create(Redirects.back(back)))).cookie(cookie).build();
  }
}
