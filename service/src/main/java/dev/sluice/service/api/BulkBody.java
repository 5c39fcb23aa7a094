package dev.sluice.service.api;

import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkVerb;
import dev.sluice.control.SelectedOrder;
import dev.sluice.control.SelectedVerb;
import dev.sluice.service.errors.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Unknown members are refused, because a misspelled filter would match more. */
public final class BulkBody {

  private static final List<String> MEMBERS =
      List.of("verb", "filter", "dryRun", "priority", "cursor", "reason");

  private static final String VERBS =
      "must be one of: "
          + Arrays.stream(BulkVerb.values()).map(BulkVerb::wire).collect(Collectors.joining(", "));

  private static final String REASONS =
      "must be one of: "
          + Arrays.stream(DeadReason.values())
              .map(DeadReason::wire)
              .collect(Collectors.joining(", "));

  private static final List<String> ID_MEMBERS =
      List.of("verb", "ids", "dryRun", "priority", "message", "cursor", "reason");

  private static final String ID_VERBS =
      "must be one of: "
          + Arrays.stream(SelectedVerb.values())
              .map(SelectedVerb::wire)
              .collect(Collectors.joining(", "));

  private BulkBody() {}

  /** {@code at} is the position of the last call; null for the first. */
  public static BulkOrder read(JsonBody body, @Nullable String at) {
    body.requireOnly("body", MEMBERS);
    BulkVerb verb = verb(body);
    JsonBody filter = body.requiredObject("filter");
    filter.requireOnly(
        "filter",
        verb.ofDeadLetters() ? List.of("project", "dead", "error") : List.of("project", "place"));
    boolean dryRun = dryRun(body);
    return new BulkOrder(
        verb,
        project(filter, verb),
        place(filter),
        dead(filter),
        text(filter, "error"),
        priority(body, verb == BulkVerb.REPRIORITISE),
        dryRun,
        at);
  }

  public static boolean byIds(JsonBody body) {
    return body.has("ids");
  }

  /** An order of items by their ids. */
  public static SelectedOrder selected(JsonBody body) {
    body.requireOnly("body", ID_MEMBERS);
    String wanted = body.string("verb");
    SelectedVerb verb =
        Arrays.stream(SelectedVerb.values())
            .filter(each -> each.wire().equals(wanted))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("verb", ID_VERBS));
    List<StopTarget> items =
        body.names("ids", SelectedOrder.MOST).stream()
            .distinct()
            .map(id -> new StopTarget(id, 0))
            .toList();
    if (items.isEmpty()) {
      throw ApiException.invalid("ids", "must hold at least one");
    }
    return new SelectedOrder(
        verb,
        items,
        priority(body, verb == SelectedVerb.REPRIORITISE),
        message(body, verb),
        dryRun(body),
        from(body, items.size()));
  }

  private static @Nullable NewMessage message(JsonBody body, SelectedVerb verb) {
    if (verb != SelectedVerb.SEND) {
      if (body.has("message")) {
        throw ApiException.invalid("message", "is only for the verb send");
      }
      return null;
    }
    JsonBody given = body.requiredObject("message");
    try {
      NewMessage message = InboxBody.message(given);
      if (message.type() == MessageType.STOP) {
        throw ApiException.invalid("type", "must not be stop: use the verb stop");
      }
      return message;
    } catch (ApiException e) {
      throw e.inside("message");
    }
  }

  private static int from(JsonBody body, int items) {
    String cursor = body.string("cursor");
    if (cursor == null || cursor.isEmpty()) {
      return 0;
    }
    if (!cursor.matches("[0-9]{1,5}") || Integer.parseInt(cursor) >= items) {
      throw ApiException.invalid("cursor", "is not one of these ids");
    }
    return Integer.parseInt(cursor);
  }

  private static boolean dryRun(JsonBody body) {
    @Nullable Boolean dryRun = body.bool("dryRun");
    if (dryRun == null) {
      throw ApiException.invalid("dryRun", "is required");
    }
    return dryRun;
  }

  private static BulkVerb verb(JsonBody body) {
    String wanted = body.string("verb");
    return Arrays.stream(BulkVerb.values())
        .filter(verb -> verb.wire().equals(wanted))
        .findFirst()
        .orElseThrow(() -> ApiException.invalid("verb", VERBS));
  }

  private static @Nullable String project(JsonBody filter, BulkVerb verb) {
    try {
      return verb.ofDeadLetters() ? filter.name("project") : filter.requiredName("project");
    } catch (ApiException e) {
      throw e.inside("filter");
    }
  }

  private static @Nullable Place place(JsonBody filter) {
    @Nullable String place = text(filter, "place");
    return place == null ? null : Places.listed("filter.place", place);
  }

  private static @Nullable DeadReason dead(JsonBody filter) {
    @Nullable String wanted = text(filter, "dead");
    return wanted == null
        ? null
        : Arrays.stream(DeadReason.values())
            .filter(reason -> reason.wire().equals(wanted))
            .findFirst()
            .orElseThrow(() -> ApiException.invalid("filter.dead", REASONS));
  }

  private static @Nullable String text(JsonBody filter, String name) {
    try {
      return filter.string(name);
    } catch (ApiException e) {
      throw e.inside("filter");
    }
  }

  private static int priority(JsonBody body, boolean wanted) {
    if (wanted) {
      return WorkPatch.requiredPriority(body);
    }
    if (body.has("priority")) {
      throw ApiException.invalid("priority", "is only for the verb reprioritise");
    }
    return 0;
  }
}
