package dev.sluice.backend.engine.records;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One entry for each type of {@link Change}. */
public final class ChangeTable<E> {

  private final Map<Class<?>, E> entries;

  /**
   * @throws IllegalStateException if a type has no entry
   */
  public ChangeTable(Map<Class<? extends Change>, E> entries) {
    List<String> missing =
        Arrays.stream(Change.class.getPermittedSubclasses())
            .filter(type -> !entries.containsKey(type))
            .map(Class::getSimpleName)
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("changes without an entry: " + missing);
    }
    this.entries = new HashMap<>(entries);
  }

  public E of(Change change) {
    return Objects.requireNonNull(entries.get(change.getClass()));
  }
}
