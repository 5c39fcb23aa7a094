package dev.sluice.proof.disk;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@code strace} wrote about the processes of a recording, one after the other. */
final class Trace {

  /** The system calls that change a file, or make a change survive. */
  static final String CALLS =
      "open,openat,creat,mkdir,mkdirat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate"
          + ",fallocate,copy_file_range,sendfile,rename,renameat,renameat2,unlink,unlinkat,link"
          + ",linkat,rmdir,fsync,fdatasync,sync_file_range,sync,syncfs,msync,mmap";

  private static final String RESUMED = "<... ";
  private static final String UNFINISHED = " <unfinished ...>";
  private static final String STANDARD_OUTPUT = "1";

  /** Indexes of shared memory, which SQLite makes again after a crash, and of locks. */
  private static final List<String> NOT_KEPT = List.of("-shm", ".lock");

  /** A call whose return comes in a later line. */
  private record Open(int begin, String call) {}

  private final Path data;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> inodes = new HashMap<>();
  private final Map<String, String> maps = new HashMap<>();
  private final Map<String, Open> open = new HashMap<>();
  private int line;
  private int lastInode;

  /**
   * @param data absolute
   */
  Trace(Path data) {
    this.data = data;
  }

  List<Event> events() {
    return events;
  }

  /**
   * Begins with files that are on the disk for sure.
   *
   * @param said lines that the process said before
   */
  void begin(Map<String, byte[]> files, List<String> said) {
    made(++line, line, data.toString());
    files.forEach(
        (file, bytes) -> {
          if (kept(data + "/" + file) != null) {
            opened(++line, line, data + "/" + file, "O_CREAT");
            add(++line, line, Event.Kind.WRITE, inode(file), file, 0, bytes, null);
            synced(++line, line, data + "/" + file);
          }
        });
    synced(++line, line, data.toString());
    synced(++line, line, String.valueOf(data.getParent()));
    said.forEach(each -> said(++line, each));
  }

  void read(Path trace) throws IOException {
    open.clear();
    maps.clear();
    try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.US_ASCII)) {
      for (String each = lines.readLine(); each != null; each = lines.readLine()) {
        line++;
        int space = each.indexOf(' ');
        read(each.substring(0, space), each.substring(space).strip());
      }
    }
    open.values().forEach(each -> call(each.begin(), Integer.MAX_VALUE, each.call(), ""));
  }

  private void read(String thread, String text) {
    if (text.endsWith(UNFINISHED)) {
      String call = text.substring(0, text.length() - UNFINISHED.length());
      open.put(thread, new Open(line, call));
    } else if (text.startsWith(RESUMED)) {
      Open begun = open.remove(thread);
      if (begun != null) {
        int rest = text.indexOf("resumed>") + "resumed>".length();
        finished(begun.begin(), begun.call() + text.substring(rest));
      }
    } else if (!text.startsWith("+++") && !text.startsWith("---")) {
      finished(line, text);
    }
  }

  private void finished(int begin, String text) {
    int answer = text.lastIndexOf(" = ");
    String result = text.substring(answer + 3);
    if (!result.startsWith("-") && !result.startsWith("?")) {
      call(begin, line, text.substring(0, answer).strip(), result);
    }
  }

  private void call(int begin, int end, String call, String result) {
    int bracket = call.indexOf('(');
    String name = call.substring(0, bracket);
    List<String> words = words(call.substring(bracket + 1));
    switch (name) {
      case "open", "creat" -> opened(begin, end, path(words.get(0)), call);
      case "openat" -> opened(begin, end, path(words.get(1)), call);
      case "mkdir" -> made(begin, end, path(words.get(0)));
      case "write", "pwrite64" -> wrote(begin, end, words);
      case "ftruncate" -> length(begin, end, words);
      case "rename" -> renamed(begin, end, path(words.get(0)), path(words.get(1)));
      case "unlink" -> removed(begin, end, path(words.get(0)));
      case "unlinkat" -> removed(begin, end, path(words.get(1)));
      case "fsync", "fdatasync" -> synced(begin, end, file(words.get(0)));
      case "mmap" -> mapped(words, result);
      case "msync" -> synced(begin, end, maps.get(words.get(0)));
      default -> requireElsewhere(name, words);
    }
  }

  private void opened(int begin, int end, String path, String call) {
    String file = kept(path);
    if (file == null) {
      return;
    }
    boolean creates = call.contains("O_CREAT") || call.startsWith("creat");
    if (creates && !inodes.containsKey(file)) {
      inodes.put(file, ++lastInode);
      add(begin, end, Event.Kind.CREATE, lastInode, file, 0, Event.NO_DATA, null);
    } else if (call.contains("O_TRUNC") || call.startsWith("creat")) {
      add(begin, end, Event.Kind.LENGTH, inode(file), file, 0, Event.NO_DATA, null);
    }
  }

  private void made(int begin, int end, String path) {
    if (path.equals(data.toString())) {
      add(begin, end, Event.Kind.CREATE, Event.PARENT, path, 0, Event.NO_DATA, null);
    } else if (path.startsWith(data + "/")) {
      throw new IllegalStateException("a directory in the data directory: " + path);
    }
  }

  private void wrote(int begin, int end, List<String> words) {
    String path = file(words.get(0));
    if (words.get(0).startsWith(STANDARD_OUTPUT + "<")) {
      said(begin, new String(bytes(words.get(1)), StandardCharsets.UTF_8));
      return;
    }
    String file = path == null ? null : kept(path);
    if (file != null) {
      if (words.size() < 4) {
        appended(begin, end, file, bytes(words.get(1)));
        return;
      }
      long at = Long.parseLong(words.get(3));
      add(begin, end, Event.Kind.WRITE, inode(file), file, at, bytes(words.get(1)), null);
    }
  }

  /** Such files are written from their begin to their end. */
  private void appended(int begin, int end, String file, byte[] bytes) {
    long at =
        events.stream()
            .filter(event -> event.kind() == Event.Kind.WRITE && event.inode() == inode(file))
            .mapToLong(event -> event.at() + event.data().length)
            .max()
            .orElse(0);
    add(begin, end, Event.Kind.WRITE, inode(file), file, at, bytes, null);
  }

  private void said(int begin, String said) {
    for (String each : said.split("\n")) {
      if (each.startsWith(Recording.ACKNOWLEDGED)) {
        String plan = each.substring(Recording.ACKNOWLEDGED.length());
        add(begin, begin, Event.Kind.ACKNOWLEDGE, Event.PARENT, plan, 0, Event.NO_DATA, null);
      } else if (each.startsWith(Recording.READ)) {
        told(begin, Event.Kind.READ, each.substring(Recording.READ.length()));
      } else if (each.startsWith(Recording.DELIVERED)) {
        told(begin, Event.Kind.DELIVER, each.substring(Recording.DELIVERED.length()));
      } else if (each.startsWith(Recording.PAGE)) {
        String[] page = each.substring(Recording.PAGE.length()).split(" ");
        byte[] content = HexFormat.of().parseHex(page[1]);
        String file = Recording.COMMIT_FILE;
        long at = Long.parseLong(page[0]);
        add(begin, begin, Event.Kind.WRITE, inode(file), file, at, content, null);
      }
    }
  }

  /**
   * @param said org, number and line
   */
  private void told(int begin, Event.Kind kind, String said) {
    String[] words = said.split(" ", 3);
    byte[] line = words[2].getBytes(StandardCharsets.UTF_8);
    add(begin, begin, kind, Event.PARENT, words[0], Long.parseLong(words[1]), line, null);
  }

  private void length(int begin, int end, List<String> words) {
    String path = file(words.get(0));
    String file = path == null ? null : kept(path);
    if (file != null) {
      long length = Long.parseLong(words.get(1));
      add(begin, end, Event.Kind.LENGTH, inode(file), file, length, Event.NO_DATA, null);
    }
  }

  private void renamed(int begin, int end, String from, String to) {
    String file = kept(from);
    if (file != null) {
      String target = java.util.Objects.requireNonNull(kept(to));
      int inode = inode(file);
      inodes.remove(file);
      inodes.put(target, inode);
      add(begin, end, Event.Kind.RENAME, inode, file, 0, Event.NO_DATA, target);
    }
  }

  private void removed(int begin, int end, String path) {
    String file = kept(path);
    if (file != null) {
      add(begin, end, Event.Kind.REMOVE, inode(file), file, 0, Event.NO_DATA, null);
      inodes.remove(file);
    }
  }

  private void synced(int begin, int end, @Nullable String path) {
    if (path == null || end == Integer.MAX_VALUE) {
      return;
    }
    String file = kept(path);
    if (path.equals(data.toString())) {
      add(begin, end, Event.Kind.SYNC, Event.DIRECTORY, path, 0, Event.NO_DATA, null);
    } else if (path.equals(String.valueOf(data.getParent()))) {
      add(begin, end, Event.Kind.SYNC, Event.PARENT, path, 0, Event.NO_DATA, null);
    } else if (file != null && inodes.containsKey(file)) {
      add(begin, end, Event.Kind.SYNC, inode(file), file, 0, Event.NO_DATA, null);
    }
  }

  private void mapped(List<String> words, String address) {
    if (words.size() > 4 && words.get(3).contains("MAP_SHARED")) {
      String path = file(words.get(4));
      if (path != null) {
        maps.put(address, path);
      }
    }
  }

  /** A new way to write would make wrong images. */
  private void requireElsewhere(String name, List<String> words) {
    for (String word : words) {
      String path = word.startsWith("\"") ? path(word) : file(word);
      if (path != null && kept(path) != null) {
        throw new IllegalStateException(name + " on " + path + " is not modelled");
      }
    }
  }

  private void add(
      int begin,
      int end,
      Event.Kind kind,
      int inode,
      String name,
      long at,
      byte[] bytes,
      @Nullable String to) {
    events.add(new Event(begin, end, kind, inode, name, at, bytes, to));
  }

  private int inode(String file) {
    Integer inode = inodes.get(file);
    if (inode == null) {
      throw new IllegalStateException(file + " was never created, line " + line);
    }
    return inode;
  }

  /** The name in the data directory; null for other files, and for those that images lack. */
  private @Nullable String kept(String path) {
    if (!path.startsWith(data + "/") || NOT_KEPT.stream().anyMatch(path::endsWith)) {
      return null;
    }
    return path.substring(data.toString().length() + 1);
  }

  /** Splits arguments at the commas outside of texts. */
  private static List<String> words(String arguments) {
    String all =
        arguments.endsWith(")") ? arguments.substring(0, arguments.length() - 1) : arguments;
    return List.of(all.split(", ")); // all bytes of a text are hex
  }

  /** The path in {@code 5<\x2f...>}; null if it has none. */
  private static @Nullable String file(String word) {
    int from = word.indexOf('<');
    int to = word.lastIndexOf('>');
    if (from < 0 || to < from) {
      return null;
    }
    String path = word.substring(from + 1, to);
    return path.startsWith("\\x") ? new String(hex(path), StandardCharsets.UTF_8) : path;
  }

  private static String path(String word) {
    return new String(bytes(word), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String word) {
    if (!word.startsWith("\"") || !word.endsWith("\"")) {
      throw new IllegalStateException("cut by strace: " + word);
    }
    return hex(word.substring(1, word.length() - 1));
  }

  private static byte[] hex(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 4);
    for (int i = 0; i < text.length(); i += 4) {
      bytes.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
    }
    return bytes.toByteArray();
  }
}
