package dev.sluice.admin.web;

import dev.sluice.admin.view.Links;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class Redirects {

  private static final Pattern OURS = Pattern.compile(Links.ROOT + "([/?#].*)?");
  private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}");

  private Redirects() {}

  /**
   * Returns the normalised address of one of our pages, or the overview for any other address.
   * Browsers read backslashes as slashes, drop control characters, and resolve dot segments also
   * where they are encoded, so an address with any of them is no address of ours.
   */
  public static String back(@Nullable String address) {
    if (address == null || !OURS.matcher(address).matches()) {
      return Links.ROOT;
    }
    try {
      URI uri = new URI(address); // refuses backslashes, spaces and control characters
      boolean moves =
          Stream.of(uri.getRawPath().split("/", -1))
              .anyMatch(segment -> DOTS.matcher(segment).matches());
      return moves ? Links.ROOT : uri.normalize().toString();
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
