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
 * Refuses what a page of another site made a browser send: a browser adds the cookie to that too.
 * Browsers say themselves where a call comes from, in headers that no page can set.
 *
 * <ul>
 *   <li>{@code Sec-Fetch-Site}: {@code same-origin} and {@code none} are ours, all else is foreign.
 *   <li>Without it {@code Origin}: ours is the scheme, host and port that the call itself went to.
 *   <li>With neither: unknown, and ours if {@code X-Requested-With} is there, whatever it says;
 *       pages of other sites can't send that without being allowed to, which nobody is.
 * </ul>
 */
public final class CrossSite {

  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> OUR_SITES = Set.of("same-origin", "none");

  private CrossSite() {}

  /** Whether a call is one that changes something, by its method. */
  public static boolean writes(ContainerRequestContext request) {
    return !READS.contains(request.getMethod());
  }

  /**
   * Refuses a call that isn't known to be ours.
   *
   * @throws ApiException 403
   */
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

  /**
   * Refuses a call that is known to be another site's.
   *
   * @throws ApiException 403
   */
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
