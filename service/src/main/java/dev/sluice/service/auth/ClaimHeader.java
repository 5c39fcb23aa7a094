package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

public final class ClaimHeader {

  public static final String NAME = "X-Sluice-Claim";

  private ClaimHeader() {}

  /** Returns 0 if absent. */
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
