package dev.sluice.backend;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for ids of orgs: {@code [a-z0-9-]{1,64}}. */
public final class OrgIds {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private OrgIds() {}

  public static @Nullable String problem(String org) {
    return ID.matcher(org).matches() ? null : "must match " + ID;
  }
}
