package dev.sluice.service.transfer;

import dev.sluice.backend.PrivateFiles;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.service.auth.secrets.Secrets;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An export in a file: compressed if its name ends in {@code .gz} or {@code .gz.enc}, and encrypted
 * if a passphrase is given.
 */
public final class ExportFile {

  private static final int BUFFER = 1 << 16;

  /** Far above what a record may hold. */
  private static final int MAX_LINE = 8 * 1024 * 1024;

  private ExportFile() {}

  public static boolean compressed(Path file) {
    String name = file.toString();
    return name.endsWith(".gz") || name.endsWith(".gz.enc");
  }

  public static boolean encrypted(Path file) throws IOException {
    return EncryptedFile.encrypted(file);
  }

  public static InputStream read(Path file, boolean compressed) throws IOException {
    return read(file, compressed, null);
  }

  /**
   * @throws IOException also later, if it is encrypted and not what its passphrase has written
   */
  public static InputStream read(Path file, boolean compressed, @Nullable String passphrase)
      throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return plain(in, compressed, passphrase);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream plain(
      InputStream file, boolean compressed, @Nullable String passphrase) throws IOException {
    InputStream in = passphrase == null ? file : EncryptedFile.read(file, passphrase);
    return new BufferedInputStream(compressed ? new GZIPInputStream(in, BUFFER) : in, BUFFER);
  }

  /** A new name beside a file, for the time until it is whole. */
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + "." + Secrets.randomHex(4) + ".part");
  }

  /** Readable by its owner alone, and on disk once closed. */
  public static OutputStream write(Path file, boolean compressed) throws IOException {
    return write(file, compressed, null);
  }

  public static OutputStream write(Path file, boolean compressed, @Nullable String passphrase)
      throws IOException {
    PrivateFiles.file(file, warning -> {});
    FileOutputStream to = new FileOutputStream(file.toFile());
    OutputStream synced =
        new BufferedOutputStream(to, BUFFER) {
          @Override
          public void close() throws IOException {
            flush();
            to.getFD().sync();
            super.close();
          }
        };
    try {
      OutputStream out = passphrase == null ? synced : EncryptedFile.write(synced, passphrase);
      return compressed ? new GZIPOutputStream(out, BUFFER) : out;
    } catch (IOException e) { // no room for the header
      to.close();
      throw e;
    }
  }

  public interface Source {
    void read(Consumer<OrgRecord> records);
  }

  /** Makes an export of records that another server had, or that nobody had. */
  public static ExportProgress make(OutputStream out, String from, Source source)
      throws IOException {
    ExportCheck check = new ExportCheck();
    String id = "exp_" + Secrets.randomHex(12);
    line(out, check.begin(ExportHeader.of(id, from, from, System.currentTimeMillis())));
    try {
      source.read(
          record -> {
            try {
              line(out, check.write(record));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    line(out, check.end());
    return check.progress();
  }

  static void line(OutputStream out, byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /**
   * Reads it as a whole.
   *
   * @throws BadExportException with the line that is wrong
   */
  public static ExportProgress check(Path file, boolean compressed)
      throws IOException, BadExportException {
    return check(file, compressed, null);
  }

  /**
   * Reads it as a whole.
   *
   * @throws BadExportException with the line that is wrong
   */
  public static ExportProgress check(Path file, boolean compressed, @Nullable String passphrase)
      throws IOException, BadExportException {
    ExportCheck check = new ExportCheck();
    try (InputStream in = read(file, compressed, passphrase)) {
      byte[] line = line(in, check);
      while (line != null) {
        check.next(line);
        line = line(in, check);
      }
    } catch (EOFException | ZipException e) {
      throw new BadExportException(check.lines() + 1, "the file is cut or damaged");
    } catch (EncryptedFile.DamagedException e) {
      throw new BadExportException(check.lines() + 1, String.valueOf(e.getMessage()));
    }
    if (!check.progress().ended()) {
      throw new BadExportException(check.lines() + 1, "the export ends without its last line");
    }
    return check.progress();
  }

  private static byte @Nullable [] line(InputStream in, ExportCheck check)
      throws IOException, BadExportException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > MAX_LINE) {
        throw new BadExportException(check.lines() + 1, "is too long");
      }
      next = in.read();
    }
    if (next < 0) {
      throw new BadExportException(
          check.lines() + 1, "has no line feed at its end: the file is cut");
    }
    return line.toByteArray();
  }

  /** For people: the number of records by type. */
  public static String words(ExportProgress export) {
    return export.records()
        + " records: "
        + new TreeMap<>(export.counts())
            .entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
  }
}
