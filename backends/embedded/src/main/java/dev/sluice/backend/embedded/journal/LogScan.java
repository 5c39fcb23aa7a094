package dev.sluice.backend.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The first commit in a write-ahead log, as its format says (<a
 * href="https://www.sqlite.org/fileformat2.html#walformat">sqlite.org</a>). SQLite judges the
 * frames; this tells whose they are.
 */
final class LogScan {

  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int PAGE_SIZE_AT = 8;
  private static final int SALTS_AT = 16;
  private static final int FRAME_SALTS_AT = 8;
  private static final int MAX_PAGE = 65_536;

  private LogScan() {}

  /**
   * @param page of the row of commits
   * @param journal begins the row, its number follows
   * @return empty if no frame has the row
   */
  static OptionalLong firstCommit(Path log, long page, Commit journal) throws IOException {
    byte[] row = journal.bytes();
    ByteBuffer id = ByteBuffer.wrap(row, 0, 2 * Long.BYTES);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer header = read(channel, 0, HEADER);
      int pageSize = header.limit() < HEADER ? 0 : header.getInt(PAGE_SIZE_AT);
      if (pageSize < 512 || pageSize > MAX_PAGE) {
        return OptionalLong.empty();
      }
      long salts = header.getLong(SALTS_AT);
      long size = FRAME_HEADER + pageSize;
      for (long at = HEADER; at + size <= channel.size(); at += size) {
        ByteBuffer frame = read(channel, at, FRAME_HEADER);
        if (frame.getLong(FRAME_SALTS_AT) != salts) {
          return OptionalLong.empty(); // the rest is of an earlier log
        }
        if (frame.getInt(0) == page) {
          OptionalLong number = number(read(channel, at + FRAME_HEADER, pageSize), id);
          if (number.isPresent()) {
            return number;
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(ByteBuffer page, ByteBuffer id) {
    int length = id.remaining();
    for (int at = 0; at + length + Long.BYTES <= page.limit(); at++) {
      if (page.slice(at, length).equals(id)) {
        return OptionalLong.of(page.getLong(at + length));
      }
    }
    return OptionalLong.empty();
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // goes on
    }
    return bytes.flip();
  }
}
