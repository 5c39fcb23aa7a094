package dev.sluice.service.transfer;

import java.util.Map;

/**
 * The lines of an export so far.
 *
 * @param id of the export; empty before its first line
 * @param lines all, the first and the last included
 * @param counts records by type
 * @param chain SHA-256 of the chain before and the line without its line feed, for each line but
 *     the last, hex; empty before the first line
 * @param ended true after the last line
 */
public record ExportProgress(
    String id, long lines, Map<String, Long> counts, String chain, boolean ended) {

  static final ExportProgress NONE = new ExportProgress("", 0, Map.of(), "", false);

  public ExportProgress {
    counts = Map.copyOf(counts);
  }

  /** Records of all types. */
  public long records() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
