package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CSRF protection for calls with a cookie, by headers that pages cannot set: docs/security.md, "Log
 * in".
 */
public final class CrossSite {

  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> OUR_SITES = Set.of("same-origin", "none");

  private CrossSite() {}

  public static boolean writes(ContainerRequestContext request) {
    return !READS.contains(request.getMethod());
  }

  public static void requireOurs(ContainerRequestContext request) {
    refuseForeign(request);
    if (request.getHeaderString("Sec-Fetch-Site") == null
        && request.getHeaderString("Origin") == null
        && request.getHeaderString("X-Requested-With") == null) {
      throw ApiException.forbidden(
          "A write by cookie needs Sec-Fetch-Site or Origin, as browsers send, or"
              + " X-Requested-With");
    }
  }

  public static void refuseForeign(ContainerRequestContext request) {
    @Nullable String site = request.getHeaderString("Sec-Fetch-Site");
    @Nullable String origin = request.getHeaderString("Origin");
    boolean foreign =
        site == null
            ? origin != null && !same(origin, request.getUriInfo().getBaseUri())
            : !OUR_SITES.contains(site.strip());
    if (foreign) {
      throw ApiException.forbidden("A page of another site may not do this");
    }
  }

  private static boolean same(String origin, URI own) {
    try {
      URI theirs = new URI(origin.strip());
      return theirs.getScheme() != null
          && theirs.getHost() != null
          && normal(theirs).equals(normal(own));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String normal(URI uri) {
    int port = uri.getPort();
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme
        + "://"
        + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + (port >= 0 ? port : scheme.equals("https") ? 443 : 80);
  }
}
