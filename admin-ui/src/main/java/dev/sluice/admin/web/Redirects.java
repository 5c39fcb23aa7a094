package dev.sluice.admin.web;

import dev.sluice.admin.view.Links;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where requests lead to other than to a page. */
public final class Redirects {

  private Redirects() {}

  /** The address given if it is one of a page of ours, else the overview. */
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

  /**
   * To the login, and back here afterwards.
   *
   * @param here address of a page of ours
   */
  public static Response login(String here) {
    return Headers.on(
            Response.seeOther(
                UriBuilder.fromPath(Links.ROOT + "/login")
                    .queryParam("then", "{then}")
                    .build(here)))
        .build();
  }
}
