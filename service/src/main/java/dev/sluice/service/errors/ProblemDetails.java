package dev.sluice.service.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An error in the form of RFC 9457, for callers that ask for it. It has the members of {@link
 * ApiError} too.
 *
 * @param violatedPolicies names of the rates that refused the call, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record ProblemDetails(
    String type,
    String title,
    int status,
    String detail,
    @JsonUnwrapped ApiError error,
    @JsonProperty("violated-policies") @Nullable List<String> violatedPolicies) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String PLAIN = "about:blank";

  /** A type of draft-ietf-httpapi-ratelimit-headers. */
  private static final String QUOTA_EXCEEDED =
      "https://iana.org/assignments/http-problem-types#quota-exceeded";

  /** {@code ratePolicy} is the value of the header field, or null. */
  static ProblemDetails of(int status, ApiError error, @Nullable String ratePolicy) {
    if (ratePolicy == null) {
      return new ProblemDetails(
          PLAIN, HttpStatus.getMessage(status), status, error.message(), error, null);
    }
    String name = ratePolicy.substring(1, ratePolicy.indexOf('"', 1));
    return new ProblemDetails(
        QUOTA_EXCEEDED, "Quota exceeded", status, error.message(), error, List.of(name));
  }

  /**
   * True if the header {@code Accept} names this form, and doesn't prefer JSON to it. A wildcard
   * does not: known clients send it, and read the other form.
   */
  public static boolean wanted(@Nullable String accept) {
    String ranges = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    double problem = quality(ranges, MEDIA_TYPE);
    return problem > 0 && problem >= quality(ranges, "application/json");
  }

  private static double quality(String ranges, String mediaType) {
    double best = 0;
    for (String range : ranges.split(",")) {
      String[] parts = range.split(";");
      if (parts[0].strip().equals(mediaType)) {
        double quality = 1;
        for (String parameter : parts) {
          String[] pair = parameter.strip().split("=");
          if (pair.length == 2 && pair[0].equals("q")) {
            quality = number(pair[1]);
          }
        }
        best = Math.max(best, quality);
      }
    }
    return best;
  }

  private static double number(String text) {
    return text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 0;
  }
}
