package dev.sluice.admin.view;

import dev.sluice.fleet.FleetSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A worker as people know it: by its host, and by the end of its id among others of the host.
 *
 * @param host null if unknown
 */
public record WorkerName(String id, @Nullable String host, String link) {

  private static final int TAIL = 6;

  public static WorkerName of(String id, @Nullable String host, Links links) {
    return new WorkerName(id, host == null ? null : Formats.cut(host, 80), links.worker(id));
  }

  /** Returns null for no worker. The host of a deregistered worker may be unknown. */
  public static @Nullable WorkerName of(
      @Nullable String id, @Nullable FleetSnapshot fleet, Links links) {
    return id == null ? null : of(id, fleet == null ? null : fleet.host(id), links);
  }

  public String tail() {
    return id.codePointCount(0, id.length()) <= TAIL + 2
        ? id
        : id.substring(id.offsetByCodePoints(id.length(), -TAIL));
  }

  public String shown() {
    return Formats.cut(id, 80);
  }
}
