package dev.sluice.backend.redis.function;

import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an announcement.
 *
 * @param layout the one in force
 * @param raisedFrom the layout before, if this step has raised it, else 0
 * @param libraries of live nodes
 * @param nodes live ones, by name; none if this node can't read the layout
 */
record Announcement(String layout, String raisedFrom, Set<String> libraries, List<NodeInfo> nodes) {

  private static final int FIRST_NODE = 3;

  Announcement {
    libraries = Set.copyOf(libraries);
    nodes = List.copyOf(nodes);
  }

  /** Returns null for an answer that {@code announce.lua} doesn't give. */
  static @Nullable Announcement of(Object answer) {
    List<String> texts = Reply.texts(answer);
    if (texts.size() == 1) {
      return new Announcement(texts.get(0), "0", Set.of(), List.of());
    }
    boolean pairs = texts.size() > FIRST_NODE && (texts.size() - FIRST_NODE) % 2 == 0;
    if (!pairs || !isNumber(texts.get(0)) || !isNumber(texts.get(1))) {
      return null;
    }
    List<NodeInfo> nodes = new ArrayList<>();
    for (int i = FIRST_NODE; i < texts.size(); i += 2) {
      List<String> fields = Text.fields(texts.get(i + 1));
      if (fields.size() < 3 || !isNumber(fields.get(0)) || !fields.get(1).matches("\\d{1,18}")) {
        return null;
      }
      nodes.add(
          new NodeInfo(
              texts.get(i),
              fields.get(2),
              Integer.parseInt(fields.get(0)),
              Long.parseLong(fields.get(1))));
    }
    nodes.sort(Comparator.comparing(NodeInfo::name));
    return new Announcement(
        texts.get(0), texts.get(1), Set.copyOf(Text.fields(texts.get(2))), nodes);
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,9}");
  }

  boolean isOfOtherLayout() {
    return nodes.isEmpty();
  }

  boolean hasRaised() {
    return !raisedFrom.equals("0");
  }
}
