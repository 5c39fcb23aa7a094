package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

final class EnqueueItems {

  private static final int MOST_ITEMS = 1_000;

  /** The server takes 8 MiB; the rest is for the array around the items. */
  private static final int MOST_BYTES = 8 * 1024 * 1024 - 64 * 1024;

  private EnqueueItems() {}

  /** {@code -} means standard input. */
  static List<String> read(Namespace typed, InputStream in) throws UsageException {
    @Nullable String prompt = typed.getString("prompt");
    @Nullable String file = typed.getString("file");
    if ((prompt == null) == (file == null)) {
      throw new UsageException("either --prompt or --file is needed");
    }
    Map<String, String> members = new LinkedHashMap<>();
    text(members, "prompt", prompt);
    text(members, "sessionId", typed.getString("id"));
    text(members, "issueId", typed.getString("issue"));
    if (file != null && !members.isEmpty()) {
      throw new UsageException("--id and --issue belong to --prompt");
    }
    text(members, "projectName", typed.getString("project"));
    @Nullable Integer priority = typed.getInt("priority");
    if (priority != null) {
      members.put("priority", priority.toString());
    }
    @Nullable List<String> capabilities = typed.getList("capability");
    if (capabilities != null) {
      members.put(
          "requiredCapabilities",
          capabilities.stream().map(EnqueueItems::json).collect(Collectors.joining(",", "[", "]")));
    }
    List<String> items = file == null ? List.of("{}") : ItemFile.read(content(file, in));
    return items.stream().map(item -> ItemFile.withDefaults(item, members)).toList();
  }

  private static String content(String file, InputStream in) throws UsageException {
    try {
      byte[] bytes = file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Excludes the end; a request holds at least one item. */
  static int endOfRequest(List<String> items, int from) {
    int end = from;
    long bytes = 0;
    while (end < items.size() && end - from < MOST_ITEMS) {
      bytes += items.get(end).getBytes(StandardCharsets.UTF_8).length + 1L;
      if (bytes > MOST_BYTES && end > from) {
        break;
      }
      end++;
    }
    return end;
  }

  private static void text(Map<String, String> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, json(value));
    }
  }

  private static String json(String text) {
    return TextNode.valueOf(text).toString();
  }
}
