package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.engine.tables.StoreTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of one table. Several are put by one statement, which takes half the time a row. */
final class TableWriter {

  private static final int MAX_PUT = 8;

  private static final int COLUMNS = 3;

  /** The one at {@code i} puts {@code 1 << i} rows. */
  private final List<PreparedStatement> puts = new ArrayList<>();

  private final PreparedStatement delete;
  private final PreparedStatement deleteUnder;

  TableWriter(Connection connection, StoreTable table) throws SQLException {
    String name = JournalFile.sql(table);
    for (int rows = 1; rows <= MAX_PUT; rows *= 2) {
      puts.add(
          connection.prepareStatement(
              "INSERT OR REPLACE INTO "
                  + name
                  + " (key, value, sum) VALUES (?, ?, ?)"
                  + ", (?, ?, ?)".repeat(rows - 1)));
    }
    delete = connection.prepareStatement("DELETE FROM " + name + " WHERE key = ?");
    deleteUnder =
        connection.prepareStatement("DELETE FROM " + name + " WHERE key >= ? AND key < ?");
  }

  /** In this order. */
  void write(List<Row> rows) throws SQLException {
    int first = 0;
    while (first < rows.size()) {
      int behind = first;
      while (behind < rows.size() && rows.get(behind).kind() == Row.Kind.PUT) {
        behind++;
      }
      put(rows.subList(first, behind));
      if (behind < rows.size()) {
        delete(rows.get(behind++));
      }
      first = behind;
    }
  }

  @SuppressWarnings("NullAway") // rows that are put have values
  private void put(List<Row> rows) throws SQLException {
    int next = 0;
    while (next < rows.size()) {
      int count = Integer.highestOneBit(Math.min(MAX_PUT, rows.size() - next));
      PreparedStatement put = puts.get(Integer.numberOfTrailingZeros(count));
      int column = 0;
      for (Row row : rows.subList(next, next + count)) {
        put.setBytes(column + 1, row.key());
        put.setBytes(column + 2, row.value());
        put.setLong(column + 3, Checksum.of(row.table(), row.key(), row.value()));
        column += COLUMNS;
      }
      put.executeUpdate();
      next += count;
    }
  }

  private void delete(Row row) throws SQLException {
    PreparedStatement statement = row.kind() == Row.Kind.DELETE ? delete : deleteUnder;
    statement.setBytes(1, row.key());
    if (statement == deleteUnder) {
      statement.setBytes(2, row.behindPrefix());
    }
    statement.executeUpdate();
  }
}
