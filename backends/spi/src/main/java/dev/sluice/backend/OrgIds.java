package dev.sluice.backend;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be the id of an org, whatever stores it: {@code [a-z0-9-]{1,64}}. */
public final class OrgIds {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private OrgIds() {}

  /** Says what is wrong with an id, to be put behind the name of its field; null if nothing is. */
  public static @Nullable String problem(String org) {
    return ID.matcher(org).matches() ? null : "must match " + ID;
  }
}
