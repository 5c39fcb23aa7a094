package dev.sluice.service.auth.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The minimum strength of a configured secret: characters after the prefix, and different ones
 * among them.
 */
record SecretRule(String key, String variable, List<String> prefixes, int least, int different) {

  /** Names the variable and the rule, never the secret. */
  void check(@Nullable String secret) {
    if (secret == null) {
      return;
    }
    String prefix = prefixes.stream().filter(secret::startsWith).findFirst().orElse("");
    if (prefix.isEmpty() && !prefixes.isEmpty()) {
      throw problem("must begin with " + String.join(" or ", prefixes));
    }
    String rest = secret.substring(prefix.length());
    if (rest.codePointCount(0, rest.length()) < least) {
      throw problem(
          "must have at least "
              + least
              + " characters"
              + (prefix.isEmpty() ? "" : " after " + prefix));
    }
    if (rest.codePoints().distinct().count() < different) {
      throw problem("must have at least " + different + " different characters");
    }
  }

  /** Returns a warning for this previous value, which is set without its current one. */
  String opensNothing(SecretRule current) {
    return name() + " opens nothing, because " + current.name() + " is not set";
  }

  private IllegalArgumentException problem(String rule) {
    return new IllegalArgumentException(name() + " " + rule);
  }

  private String name() {
    return key + " (" + variable + ")";
  }
}
