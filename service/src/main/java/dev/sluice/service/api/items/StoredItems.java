package dev.sluice.service.api.items;

import dev.sluice.control.ItemReader;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads items for the dashboard. */
public final class StoredItems implements ItemReader {

  @Override
  public @Nullable String problem(String item) {
    return ItemMembers.unreadable(item);
  }

  @Override
  public SortedMap<String, String> labels(String item) {
    return Labels.of(item);
  }
}
