package dev.sluice.backend.redis.reply;

import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stop orders as stored; {@code add_stop.lua} has the layout. */
public final class StopOrderText {

  private static final int PARTS = 5;

  private StopOrderText() {}

  /** Returns null if it is damaged. */
  public static @Nullable StopOrder read(String id, String text) {
    // The reason comes last: it may hold any character.
    String[] parts = text.split(String.valueOf(Text.UNIT), PARTS);
    if (parts.length < PARTS) {
      return null;
    }
    return new StopOrder(
        id, Text.orNull(parts[1]), parts[2], parts[4], Long.parseLong(parts[0]), targets(parts[3]));
  }

  public static String of(StopOrder order) {
    return String.join(
        String.valueOf(Text.UNIT),
        String.valueOf(order.atMs()),
        Text.orEmpty(order.project()),
        Text.name(order.actor()),
        targets(order.targets()),
        order.reason());
  }

  public static String targets(List<StopTarget> targets) {
    StringBuilder text = new StringBuilder();
    for (StopTarget target : targets) {
      if (text.length() > 0) {
        text.append(Text.RECORD);
      }
      text.append(Text.name(target.sessionId())).append(Text.RECORD).append(target.token());
    }
    return text.toString();
  }

  private static List<StopTarget> targets(String text) {
    List<String> parts = Text.names(text);
    List<StopTarget> targets = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      targets.add(new StopTarget(parts.get(i), Long.parseLong(parts.get(i + 1))));
    }
    return targets;
  }
}
