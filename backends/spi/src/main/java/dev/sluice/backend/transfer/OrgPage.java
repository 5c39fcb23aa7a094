package dev.sluice.backend.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param records maybe none although more follow
 * @param next null at the end; at most 1 KiB
 * @param damaged names of records that can't be read and are left out, such as {@code session a}
 */
public record OrgPage(List<OrgRecord> records, @Nullable String next, List<String> damaged) {

  public OrgPage {
    records = List.copyOf(records);
    damaged = List.copyOf(damaged);
  }
}
