package dev.sluice.backend.embedded.journal;

import dev.sluice.backend.PrivateFiles;
import dev.sluice.backend.embedded.journal.Losses.Loss;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, used by one thread at a time; {@link #read} may run on several. */
final class JournalFile implements AutoCloseable {

  static final String FILE = "sluice.db";

  private static final int WITHOUT_CHECKSUMS = 2;

  /** Its public ids have rows of their own. */
  private static final int WITH_NAMES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  /** It may be larger while another process reads. */
  static final long MAX_LOG_BYTES = 64 * 1024 * 1024;

  private static final int SQLITE_BUSY = 5;
  private static final int BUSY_MS_AT_START = 10_000;

  /** Then health names the other writer. */
  private static final int BUSY_MS = 1_000;

  private final Path path;
  private final int newest;
  private final Connection connection;
  private volatile boolean blocked;
  private volatile boolean closing;
  private boolean whole; // nothing in the write-ahead log
  private int version;
  private @Nullable Commits commits; // null while it is opened
  private @Nullable LogCopy logCopy;
  private List<Loss> losses = List.of();
  private final Map<StoreTable, TableWriter> writers = new EnumMap<>(StoreTable.class);

  private JournalFile(Path path, int newest, Connection connection) {
    this.path = path;
    this.newest = newest;
    this.connection = connection;
  }

  /**
   * Creates the file if needed.
   *
   * @param maxPages 0 for no limit
   * @param newest its version is the layout; newer files are refused, older ones migrated
   * @param acceptLoss true to open it although acknowledged commits are missing
   * @throws JournalException if they are missing, or it can't be read
   */
  static JournalFile open(Path directory, long maxPages, int newest, boolean acceptLoss) {
    Path path = directory.resolve(FILE);
    try {
      JournalRepair.moveTornBeginAway(directory);
    } catch (IOException | SQLException e) {
      throw new JournalException("journal " + path + " can't be read: " + e.getMessage(), e);
    }
    JournalCheck check = JournalCheck.of(directory);
    Loss accepted = acceptLoss ? JournalRepair.accept(directory, check) : null;
    if (accepted == null) {
      check.require();
    }
    Connection connection;
    try {
      PrivateFiles.file(path, LOG::warn); // SQLite gives its log the same permissions
      for (String suffix : List.of("-wal", "-shm")) {
        PrivateFiles.existing(directory.resolve(FILE + suffix), LOG::warn);
      }
    } catch (IOException e) {
      throw new JournalException("journal " + path + " can't be opened: " + e.getMessage(), e);
    }
    try {
      connection = Sqlite.open(path);
    } catch (SQLException e) {
      throw new JournalException("journal " + path + " can't be opened: " + e.getMessage(), e);
    }
    JournalFile file = new JournalFile(path, newest, connection);
    try {
      file.prepare(maxPages, accepted);
      file.losses = Losses.read(connection);
      return file;
    } catch (SQLException | IOException | UncheckedIOException e) {
      file.closeAfter(e);
      throw new JournalException("journal " + path + " can't be read: " + e.getMessage(), e);
    } catch (JournalException e) {
      file.closeAfter(e);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Accepted losses. */
  List<Loss> losses() {
    return losses;
  }

  private void prepare(long maxPages, @Nullable Loss accepted) throws SQLException, IOException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA busy_timeout = " + BUSY_MS_AT_START); // others may read, for a copy
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA synchronous = FULL");
      sql.execute("PRAGMA cache_size = -32768"); // KiB
      sql.execute("PRAGMA wal_autocheckpoint = 0"); // LogCopy does it
      sql.execute("PRAGMA journal_size_limit = " + MAX_LOG_BYTES);
      sql.execute("PRAGMA secure_delete = FAST"); // overwrites deleted secrets
      if (maxPages > 0) {
        sql.execute("PRAGMA max_page_count = " + maxPages);
      }
      version = version(sql);
      requireKnown();
      boolean migrates = version >= Layouts.FIRST && version < newest;
      if (migrates) {
        new JournalCopy(path, version).make(sql);
      }
      connection.setAutoCommit(false);
      Commits.prepare(connection);
      Losses.prepare(connection, accepted);
      for (StoreTable table : StoreTable.values()) {
        sql.execute(
            "CREATE TABLE IF NOT EXISTS "
                + sql(table)
                + " (key BLOB PRIMARY KEY, value BLOB NOT NULL, sum INTEGER) WITHOUT ROWID");
        if (version == WITHOUT_CHECKSUMS) {
          sql.execute("ALTER TABLE " + sql(table) + " ADD COLUMN sum INTEGER");
        }
      }
      version = version == 0 || migrates ? newest : Math.max(version, WITH_NAMES);
      sql.execute("PRAGMA user_version = " + version);
      connection.commit();
      if (migrates) {
        LOG.info("journal {} has layout {} now", path, newest);
      }
      connection.setAutoCommit(true);
      commits = Commits.open(connection, Objects.requireNonNull(path.getParent()));
      logCopy = new LogCopy(connection, commits);
      whole = copyLog() && checkpoint(sql);
      sql.execute("PRAGMA busy_timeout = " + BUSY_MS);
      connection.setAutoCommit(false);
    }
    for (StoreTable table : StoreTable.values()) {
      writers.put(table, new TableWriter(connection, table));
    }
  }

  private void requireKnown() {
    String has = "journal " + path + " has layout " + version + ", ";
    if (version > newest) {
      throw new JournalException(
          has + "this Sluice knows up to " + newest + ": start the newer release");
    }
    if (version != 0 && version < WITHOUT_CHECKSUMS) {
      throw new JournalException(
          has
              + "of a build before the first release; this Sluice reads from layout "
              + WITHOUT_CHECKSUMS
              + " on: move the file away to start with an empty queue");
    }
  }

  /** False if not all could be copied from the log, such as for want of room. */
  boolean copyLog() {
    try {
      return Objects.requireNonNull(logCopy).run();
    } catch (SQLException | UncheckedIOException e) {
      LOG.debug("journal {} keeps its log", path, e);
      return false;
    }
  }

  /** Empties the log once all of it is copied; false if it can't. */
  private boolean checkpoint(Statement sql) {
    try (ResultSet result = sql.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return result.next() && result.getInt(1) == 0;
    } catch (SQLException e) {
      LOG.debug("journal {} keeps its log", path, e);
      return false;
    }
  }

  private static int version(Statement sql) throws SQLException {
    try (ResultSet result = sql.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  /** True if the table of public ids is to be read; later versions derive them from the items. */
  boolean hasNames() {
    return version <= WITH_NAMES;
  }

  /** Replaces the table of public ids by these rows. */
  void dropNames(Collection<Row> rows) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("DELETE FROM " + sql(StoreTable.NAMES));
      sql.execute("PRAGMA user_version = " + newest);
    }
    commit(rows);
    version = newest;
  }

  /**
   * Writes in this order in each table, all or none; returns once on disk. Waits for another
   * process that writes, unless this one is being closed.
   */
  void commit(Collection<Row> rows) throws SQLException {
    boolean done = false;
    while (!done) {
      try {
        writeAll(rows);
        Objects.requireNonNull(logCopy).wrote(rows);
        done = true;
      } catch (SQLException e) {
        boolean busy = e.getErrorCode() == SQLITE_BUSY;
        if (busy && !blocked) {
          LOG.warn("another process writes {}; all calls wait for it", path);
        }
        blocked = busy;
        if (!busy || closing) {
          throw e;
        }
      }
    }
    blocked = false;
  }

  /** Lets the number of the latest commit survive the machine. Call on any thread. */
  void syncNumber() {
    commits().sync();
  }

  private Commits commits() {
    return Objects.requireNonNull(commits);
  }

  /** True while another process keeps this one from writing. */
  boolean blocked() {
    return blocked;
  }

  /** Lets a commit fail rather than wait for another process. */
  void waitNoLonger() {
    closing = true;
  }

  private void writeAll(Collection<Row> rows) throws SQLException {
    try {
      Map<StoreTable, List<Row>> byTable =
          rows.stream()
              .collect(
                  Collectors.groupingBy(
                      Row::table, () -> new EnumMap<>(StoreTable.class), Collectors.toList()));
      for (Map.Entry<StoreTable, List<Row>> each : byTable.entrySet()) {
        Objects.requireNonNull(writers.get(each.getKey())).write(each.getValue());
      }
      commits().commit();
    } catch (SQLException e) {
      try {
        connection.rollback();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * Reads in key order, on any thread, before the first commit.
   *
   * @param damaged gets rows whose value doesn't match its checksum
   * @throws JournalException if a key doesn't
   */
  void read(StoreTable table, BiConsumer<byte[], byte[]> reader, BiConsumer<byte[], byte[]> damaged)
      throws SQLException {
    if (whole) {
      try (Connection other = Sqlite.withoutLog(path)) {
        read(other, table, reader, damaged);
      }
    } else {
      synchronized (connection) {
        read(connection, table, reader, damaged);
      }
    }
  }

  private void read(
      Connection from,
      StoreTable table,
      BiConsumer<byte[], byte[]> reader,
      BiConsumer<byte[], byte[]> damaged)
      throws SQLException {
    try (Statement sql = from.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT key, value, sum FROM " + sql(table) + " ORDER BY key")) {
      while (rows.next()) {
        byte @Nullable [] key = rows.getBytes(1);
        byte @Nullable [] value = rows.getBytes(2);
        long sum = rows.getLong(3);
        boolean hasSum = sum != 0 || !rows.wasNull();
        if (key == null) {
          throw unsound("a row of table " + sql(table) + " has no key");
        } else if (value == null) {
          damaged.accept(key, new byte[0]);
        } else if (!hasSum) {
          reader.accept(key, value);
        } else if (!Checksum.matchesKey(sum, table, key)) {
          throw damaged(table, key);
        } else {
          (Checksum.of(table, key, value) == sum ? reader : damaged).accept(key, value);
        }
      }
    }
  }

  /**
   * Looks at the pages of the file. The checksum of a row shows no row that is missing, such as
   * when a page says that it has fewer. On any thread, before the first commit.
   *
   * @throws JournalException if a page is damaged
   */
  void requireSound() throws SQLException {
    if (whole) {
      try (Connection other = Sqlite.withoutLog(path)) {
        requireSound(other);
      }
    } else {
      synchronized (connection) {
        requireSound(connection);
      }
    }
  }

  private void requireSound(Connection from) throws SQLException {
    try (Statement sql = from.createStatement();
        ResultSet result = sql.executeQuery("PRAGMA quick_check(1)")) {
      String found = result.next() ? result.getString(1) : "nothing";
      if (!"ok".equals(found)) {
        throw unsound(found.strip().replace('\n', ' '));
      }
    }
  }

  private JournalException unsound(String words) {
    return new JournalException(
        "journal "
            + path
            + " is damaged, so that rows may be missing: "
            + words
            + "; put back a copy of the data directory or a backup"
            + " (docs/embedded.md#a-damaged-journal)");
  }

  JournalException damaged(StoreTable table, byte[] key) {
    return new JournalException(
        "journal "
            + path
            + " is damaged: row x'"
            + HexFormat.of().formatHex(key)
            + "' of table "
            + sql(table)
            + " doesn't match its checksum; put back a copy of the data directory, or see"
            + " docs/operating.md to go on without that row");
  }

  /**
   * Keeps the log, which {@code sluice.commit} may say is needed: SQLite deletes it when the last
   * connection that can write it is closed, and so not while another one is open.
   */
  private void closeAfter(Exception reason) {
    try (Connection other = Sqlite.readOnly(path);
        Statement sql = other.createStatement()) {
      Sqlite.number(sql, "SELECT count(*) FROM sqlite_schema");
      connection.close();
    } catch (SQLException suppressed) {
      reason.addSuppressed(suppressed);
    }
  }

  @Override
  public void close() {
    try {
      if (!copyLog()) {
        LOG.debug("journal {} keeps its log", path);
      }
      connection.close();
      commits().sync();
    } catch (SQLException | UncheckedIOException e) {
      throw new JournalException("journal can't be closed", e);
    }
  }

  static String sql(StoreTable table) {
    return table.name().toLowerCase(Locale.ROOT);
  }
}
