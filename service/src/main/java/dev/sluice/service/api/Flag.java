package dev.sluice.service.api;

import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** A parameter of a query that is {@code true} or {@code false}. */
public final class Flag {

  private Flag() {}

  /**
   * @param missing what it is if it isn't given
   * @throws ApiException 400 for another text
   */
  public static boolean of(String name, @Nullable String text, boolean missing) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw ApiException.invalid(name, "must be true or false");
    }
    return text == null ? missing : text.equals("true");
  }
}
