package dev.sluice.backend.work;

import java.util.regex.Pattern;

/** Public ids of sessions: 16 or 32 hex digits. */
public final class PublicId {

  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{16}|[0-9a-f]{32}");

  private PublicId() {}

  public static boolean possible(String id) {
    return FORMAT.matcher(id).matches();
  }
}
