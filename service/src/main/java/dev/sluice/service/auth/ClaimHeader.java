package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** The header by which a worker may name the claim it means: its fencing token. */
public final class ClaimHeader {

  /** Its name. */
  public static final String NAME = "X-Sluice-Claim";

  private ClaimHeader() {}

  /**
   * The token, or 0 if none is named.
   *
   * @throws ApiException 400
   */
  public static long token(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return 0;
    }
    try {
      long token = Long.parseLong(header.strip());
      if (token > 0) {
        return token;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid(NAME, "must be the token of a claim");
  }
}
