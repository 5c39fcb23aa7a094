package dev.sluice.service.parts;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.StrictQuery;
import dev.sluice.service.resources.operator.QueueResource;
import dev.sluice.service.resources.producer.WorkResource;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Refuses query parameters that a call of a producer or an operator does not have, and names the
 * nearest that it has. Otherwise a misspelt filter would answer everything. Calls of workers ignore
 * them, as the protocol says.
 */
public final class KnownParameters implements DynamicFeature {

  /** Chooses the org of an operator with a cookie, in all calls. */
  private static final String ORG = "org";

  private static final int MAX_DISTANCE = 3;

  /** A shorter beginning of a name says too little. */
  private static final int LEAST_BEGINNING = 2;

  private static final Set<String> PACKAGES =
      Set.of(QueueResource.class.getPackageName(), WorkResource.class.getPackageName());

  @Override
  public void configure(ResourceInfo call, FeatureContext context) {
    if (PACKAGES.contains(call.getResourceClass().getPackageName())
        || call.getResourceClass().isAnnotationPresent(StrictQuery.class)
        || call.getResourceMethod().isAnnotationPresent(StrictQuery.class)) {
      List<String> known =
          Arrays.stream(call.getResourceMethod().getParameters())
              .map(parameter -> parameter.getAnnotation(QueryParam.class))
              .filter(Objects::nonNull)
              .map(QueryParam::value)
              .sorted()
              .toList();
      context.register(new Check(known));
    }
  }

  private record Check(List<String> known) implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
      boolean cookie = request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
      for (String name : request.getUriInfo().getQueryParameters().keySet()) {
        if (!known.contains(name) && !(cookie && name.equals(ORG))) {
          throw ApiException.invalid(
              name,
              known.isEmpty()
                  ? "is not a parameter of this call, which takes none"
                  : "is not a parameter of this call, which takes "
                      + String.join(", ", known)
                      + meant(name));
        }
      }
    }

    /** Returns the question for the nearest name, or nothing if none is near. */
    private String meant(String name) {
      String nearest = null;
      int least = MAX_DISTANCE + 1;
      for (String each : known) {
        int distance = distance(plain(name), plain(each));
        if (distance < least) {
          least = distance;
          nearest = each;
        }
      }
      return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    private static int distance(String given, String known) {
      if (given.length() > 2 * known.length()) {
        return MAX_DISTANCE + 1;
      }
      if (given.length() >= LEAST_BEGINNING && known.startsWith(given)) {
        return 1;
      }
      int letters = LevenshteinDistance.getDefaultInstance().apply(given, known);
      return 2 * letters < known.length() ? letters : MAX_DISTANCE + 1; // others share too little
    }

    private static String plain(String name) {
      return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
  }
}
