package dev.sluice.admin.pages;

import dev.sluice.admin.web.Headers;
import dev.sluice.admin.web.Themes;
import dev.sluice.admin.web.Ways;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Remembers which theme a visitor likes; without a choice pages follow the system. */
@Path("admin/theme")
public final class ThemeResource {

  private static final int A_YEAR = (int) Duration.ofDays(365).toSeconds();

  /** 303 to where the visitor was. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response choose(
      @FormParam("theme") @Nullable String theme, @FormParam("back") @Nullable String back) {
    boolean chosen = theme != null && Themes.ALL.contains(theme);
    NewCookie cookie =
        new NewCookie.Builder(Themes.COOKIE)
            .value(chosen ? theme : "")
            .maxAge(chosen ? A_YEAR : 0)
            .path("/admin")
            .httpOnly(true)
            .sameSite(NewCookie.SameSite.STRICT)
            .build();
    return Headers.on(Response.seeOther(URI.create(Ways.back(back)))).cookie(cookie).build();
  }
}
