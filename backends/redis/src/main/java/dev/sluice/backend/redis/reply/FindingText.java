package dev.sluice.backend.redis.reply;

import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import java.util.ArrayList;
import java.util.List;

/** Findings and notices as stored; {@code rules/findings.lua} has the layout. */
public final class FindingText {

  private static final int PARTS = 12;
  private static final int NOTICE_PARTS = 6;

  private FindingText() {}

  public static Finding read(String key, String line) {
    // The reason comes last: it may hold any character.
    String[] parts = line.split(String.valueOf(Text.UNIT), PARTS);
    return new Finding(
        key,
        parts[0],
        parts[1],
        parts[2],
        parts[10],
        Long.parseLong(parts[3]),
        Text.orNull(parts[6]),
        Long.parseLong(parts[7]),
        parts[11],
        Long.parseLong(parts[8]),
        Text.orNull(parts[9]));
  }

  /** Reads keys and lines in turn. */
  public static List<Finding> list(List<?> flat) {
    List<Finding> findings = new ArrayList<>(flat.size() / 2);
    Reply.map(flat).forEach((key, line) -> findings.add(read(key, line)));
    return findings;
  }

  public static List<FindingNotice> notices(List<?> flat) {
    List<String> parts = Reply.texts(flat);
    List<FindingNotice> notices = new ArrayList<>(parts.size() / NOTICE_PARTS);
    for (int i = 0; i + NOTICE_PARTS <= parts.size(); i += NOTICE_PARTS) {
      notices.add(
          new FindingNotice(
              parts.get(i),
              parts.get(i + 1).equals("1"),
              read(parts.get(i + 4), parts.get(i + 5)),
              Long.parseLong(parts.get(i + 2)),
              Integer.parseInt(parts.get(i + 3))));
    }
    return notices;
  }
}
