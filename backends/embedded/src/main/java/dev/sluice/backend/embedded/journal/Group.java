package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.engine.tables.StoreTable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows committed together. Of several changes of a row only the last is written, in its place; a
 * deletion by prefix keeps its place.
 */
final class Group {

  private record Key(StoreTable table, boolean prefix, ByteBuffer bytes) {}

  private final Map<Key, Row> rows = new LinkedHashMap<>();

  void add(List<Row> appended) {
    for (Row row : appended) {
      boolean prefix = row.kind() == Row.Kind.DELETE_UNDER;
      Key key = new Key(row.table(), prefix, ByteBuffer.wrap(row.key()));
      rows.remove(key); // move to the end
      rows.put(key, row);
    }
  }

  Collection<Row> rows() {
    return rows.values();
  }
}
