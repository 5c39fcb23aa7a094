package dev.sluice.service.api;

import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkVerb;
import dev.sluice.service.api.items.WorkPatch;
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

  private BulkBody() {}

  public static BulkOrder read(JsonBody body) {
    body.requireOnly("body", MEMBERS);
    BulkVerb verb = verb(body);
    JsonBody filter = body.requiredObject("filter");
    filter.requireOnly(
        "filter",
        verb.ofDeadLetters() ? List.of("project", "dead", "error") : List.of("project", "place"));
    @Nullable Boolean dryRun = body.bool("dryRun");
    if (dryRun == null) {
      throw ApiException.invalid("dryRun", "is required");
    }
    return new BulkOrder(
        verb,
        project(filter, verb),
        place(filter),
        dead(filter),
        text(filter, "error"),
        priority(body, verb),
        dryRun,
        body.string("cursor"));
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

  private static int priority(JsonBody body, BulkVerb verb) {
    if (verb == BulkVerb.REPRIORITISE) {
      return WorkPatch.requiredPriority(body);
    }
    if (body.has("priority")) {
      throw ApiException.invalid("priority", "is only for the verb reprioritise");
    }
    return 0;
  }
}
