package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.backend.transfer.OrgRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes or reads an export line by line, with counts and checksum. Not thread-safe. */
public final class ExportCheck {

  private static final HexFormat HEX = HexFormat.of();

  private final MessageDigest sha;
  private final Map<String, Long> counts;
  private String id;
  private long lines;
  private byte[] chain;
  private boolean ended;

  /** Begins. */
  public ExportCheck() {
    this(ExportProgress.NONE);
  }

  /** Goes on. */
  ExportCheck(ExportProgress so) {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    counts = new HashMap<>(so.counts());
    id = so.id();
    lines = so.lines();
    chain = HEX.parseHex(so.chain());
    ended = so.ended();
  }

  /** Number of lines so far. */
  public long lines() {
    return lines;
  }

  public ExportProgress progress() {
    return new ExportProgress(id, lines, counts, HEX.formatHex(chain), ended);
  }

  /**
   * Reads the next line.
   *
   * @return null for the first and the last line
   * @throws BadExportException for a line that is damaged, cut, too many or of another format
   */
  public @Nullable OrgRecord next(byte[] line) throws BadExportException {
    if (ended) {
      throw new BadExportException(lines + 1, "there is more after the end");
    }
    if (lines == 0) {
      ExportHeader header = ExportJson.read(line, ExportHeader.class, 1);
      if (!header.type().equals(ExportHeader.TYPE)) {
        throw new BadExportException(1, "this is no export of Sluice");
      }
      if (header.format() < ExportHeader.OLDEST || header.format() > ExportHeader.FORMAT) {
        throw new BadExportException(
            1,
            "format "
                + header.format()
                + "; this Sluice reads "
                + ExportHeader.OLDEST
                + " to "
                + ExportHeader.FORMAT);
      }
      id = header.id();
      count(line);
      return null;
    }
    if (new String(line, 0, Math.min(line.length, 13), US_ASCII).equals("{\"type\":\"end\"")) {
      end(ExportJson.read(line, ExportEnd.class, lines + 1));
      return null;
    }
    if (new String(line, 0, Math.min(line.length, 16), US_ASCII).equals("{\"type\":\"failed\"")) {
      ExportFailure failure = ExportJson.read(line, ExportFailure.class, lines + 1);
      throw new BadExportException(lines + 1, "the server broke it off: " + failure.reason());
    }
    OrgRecord record = ExportJson.read(line, OrgRecord.class, lines + 1);
    add(record, line);
    return record;
  }

  private void end(ExportEnd end) throws BadExportException {
    if (!end.chain().equals(HEX.formatHex(chain))) {
      throw new BadExportException(
          lines + 1, "the checksum differs: lines before it are changed, missing or moved");
    }
    if (!end.counts().equals(counts)) {
      throw new BadExportException(lines + 1, "the counts differ from the lines before it");
    }
    lines++;
    ended = true;
  }

  /** Returns the line of the header. */
  byte[] begin(ExportHeader header) {
    id = header.id();
    byte[] line = ExportJson.line(header);
    count(line);
    return line;
  }

  byte[] write(OrgRecord record) {
    byte[] line = ExportJson.line(record);
    add(record, line);
    return line;
  }

  /** Returns the last line. */
  byte[] end() {
    ended = true;
    lines++;
    return ExportJson.line(
        new ExportEnd(ExportEnd.TYPE, new java.util.TreeMap<>(counts), HEX.formatHex(chain)));
  }

  private void add(OrgRecord record, byte[] line) {
    counts.merge(ExportJson.type(record), 1L, Long::sum);
    count(line);
  }

  private void count(byte[] line) {
    sha.update(chain);
    chain = sha.digest(line);
    lines++;
  }
}
