package dev.sluice.backend.redis.reply;

import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.work.DeadReason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A session's line; {@code rules/sessions.lua} has the layout. */
final class SessionLine {

  enum Field {
    PROJECT,
    CAPABILITY_SET,
    SCORE,
    ISSUE,
    PRIORITY,
    QUEUED,
    CREATED,
    CREATED_SEQ,
    NOT_BEFORE,
    DEADLINE,
    NAMES,
    PLACE,
    STATE,
    OWNER,
    TOKEN,
    ACCEPT_BY,
    UPDATED,
    CLAIMED,
    STARTED,
    ENDED,
    RELEASE_BY,
    LAST_SIGN,
    COST,
    LOST_BY,
    NACKED_BY,
    RETURN_UNTIL,
    STOP_TOLD,
    DEAD,
    TOOLS,
    ATTEMPT,
    ATTEMPTS,
    NACKS
  }

  private static final String GROUP = String.valueOf(Text.GROUP);
  private static final String DENIED = "!";
  private static final int FIELDS = Field.values().length;

  private final String[] values;

  SessionLine(String line) {
    values = new String[FIELDS];
    int from = 0;
    for (int field = 0; field < FIELDS; field++) {
      int to = from;
      while (to < line.length() && !separates(line.charAt(to))) {
        to++;
      }
      if (to == line.length() && field < FIELDS - 1) {
        throw new IllegalArgumentException("a session's line is cut");
      }
      values[field] = line.substring(from, to);
      from = to + 1;
    }
  }

  private static boolean separates(char c) {
    return c == Text.UNIT || c == Text.RECORD;
  }

  String text(Field field) {
    return values[field.ordinal()];
  }

  long number(Field field) {
    return Long.parseLong(text(field));
  }

  int count(Field field) {
    return Integer.parseInt(text(field));
  }

  /**
   * @param reported fields of its reports
   */
  ClaimState claim(SortedMap<String, String> reported) {
    return new ClaimState(
        Text.orNull(text(Field.OWNER)),
        number(Field.TOKEN),
        number(Field.ACCEPT_BY),
        number(Field.CLAIMED),
        number(Field.STARTED),
        number(Field.RELEASE_BY),
        reported,
        number(Field.LAST_SIGN),
        number(Field.COST),
        text(Field.STOP_TOLD).equals("1"),
        tools(),
        attempt());
  }

  ReturnInfo returned() {
    String dead = text(Field.DEAD);
    return new ReturnInfo(
        Text.orNull(text(Field.NACKED_BY)),
        Long.parseLong(text(Field.RETURN_UNTIL).split(GROUP, 2)[0]),
        Text.orNull(text(Field.LOST_BY)),
        dead.isEmpty() ? null : DeadReason.valueOf(dead),
        nackers());
  }

  /** See {@code rules/nackers.lua}. */
  private List<Nacker> nackers() {
    String[] parts = text(Field.RETURN_UNTIL).split(GROUP, -1);
    String nackedBy = text(Field.NACKED_BY);
    if (parts.length == 1) { // an older line
      return nackedBy.isEmpty()
          ? List.of()
          : List.of(new Nacker(nackedBy, 1, Long.parseLong(parts[0])));
    }
    List<Nacker> nackers = new ArrayList<>();
    for (int i = 1; i < parts.length; i += 3) {
      boolean denied = parts[i + 1].endsWith(DENIED);
      String nacks = denied ? parts[i + 1].substring(0, parts[i + 1].length() - 1) : parts[i + 1];
      nackers.add(
          new Nacker(parts[i], Integer.parseInt(nacks), Long.parseLong(parts[i + 2]), denied));
    }
    return nackers;
  }

  List<String> publicNames() {
    return text(Field.NAMES).isEmpty() ? List.of() : List.of(text(Field.NAMES).split(GROUP, -1));
  }

  private @Nullable Attempt attempt() {
    String[] parts = text(Field.ATTEMPT).split(GROUP, -1);
    return parts[0].isEmpty() ? null : new Attempt(parts[0], parts[1]);
  }

  @Nullable ToolUse tools() {
    String[] parts = text(Field.TOOLS).split(GROUP, -1);
    return parts[0].isEmpty()
        ? null
        : new ToolUse(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
