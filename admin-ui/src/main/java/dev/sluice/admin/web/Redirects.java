package dev.sluice.admin.web;

import dev.sluice.admin.view.Links;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

public final class Redirects {

  private Redirects() {}

  /** Returns the address if one of our pages, else the overview. */
  public static String back(@Nullable String address) {
    if (address == null) {
      return Links.ROOT;
    }
    try {
      URI uri = new URI(address);
      boolean ours =
          uri.getScheme() == null
              && uri.getRawAuthority() == null
              && uri.getRawPath() != null
              && uri.normalize().getRawPath().matches("/admin(/.*)?");
      return ours ? address : Links.ROOT;
    } catch (URISyntaxException e) {
      return Links.ROOT;
    }
  }

  /** Leads back to {@code here} after the login. */
  public static Response login(String here) {
    return Headers.on(
            Response.seeOther(
                UriBuilder.fromPath(Links.ROOT + "/login")
                    .queryParam("then", "{then}")
                    .build(here)))
        .build();
  }
}
