package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.engine.tables.StoreTable;
import java.util.zip.CRC32C;

/** Table and key in the upper half, the value in the lower. */
final class Checksum {

  private Checksum() {}

  static long of(StoreTable table, byte[] key, byte[] value) {
    CRC32C sum = new CRC32C();
    sum.update(value);
    return ofKey(table, key) << Integer.SIZE | sum.getValue();
  }

  static boolean matchesKey(long sum, StoreTable table, byte[] key) {
    return sum >>> Integer.SIZE == ofKey(table, key);
  }

  private static long ofKey(StoreTable table, byte[] key) {
    CRC32C sum = new CRC32C();
    sum.update(table.ordinal());
    sum.update(key);
    return sum.getValue();
  }
}
