package dev.sluice.service.resources;

import dev.sluice.service.errors.ApiException;
import org.jspecify.annotations.Nullable;

public final class WholeNumber {

  private WholeNumber() {}

  public static int parameter(String name, @Nullable String text, int min, int max, int missing) {
    if (text == null || text.isEmpty()) {
      return missing;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.invalid(name, "must be a whole number from " + min + " to " + max);
  }
}
