package dev.sluice.service.api.items;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of work items, and keeps all other members byte for byte. */
public final class WorkItems {

  public static final int MAX_ITEM_BYTES = 1024 * 1024;

  public static final String QUEUED_AT = "queuedAt";

  private static final String REQUIRED = "requiredCapabilities";

  private static final int MAX_CAPABILITIES = 16;

  private static final long DAY_MS = 86_400_000;

  /** Clients normalise these out of paths, so no call could name the session. */
  static final Set<String> UNREACHABLE = Set.of(".", "..");

  private static final Set<String> PRIORITY_2 =
      Set.of("qa", "acceptance", "refinement", "refinement-coordination", "inflight");

  private final Clock clock;
  private final PublicIds publicIds;

  public WorkItems(Clock clock, PublicIds publicIds) {
    this.clock = clock;
    this.publicIds = publicIds;
  }

  /**
   * @param newSessionId names an item that has no id
   * @param attested true if only workers may take it that attest its levels of execution security
   * @param trace members of the call's trace, for an item that names none
   */
  public NewWork read(
      JsonBody item, Supplier<String> newSessionId, boolean attested, Map<String, String> trace) {
    if (isTooLarge(item.text())) {
      throw ApiException.tooLarge("item", MAX_ITEM_BYTES);
    }
    ItemMembers.check(item);
    Retry.check(item);
    Labels.read(item);
    ExecutionSecurity.check(item);
    TraceParent.check(item);
    if (!item.has("prompt") && !item.has("issueIdentifier")) {
      throw ApiException.invalid("prompt", "or issueIdentifier is required");
    }

    Filler filler = new Filler(item);
    String sessionId = filler.name("sessionId", newSessionId);
    if (UNREACHABLE.contains(sessionId)) {
      throw ApiException.invalid("sessionId", "must not be . or .., which paths can't hold");
    }
    String issueId = filler.name("issueId", () -> sessionId);
    String issueIdentifier = filler.name("issueIdentifier", () -> sessionId);
    int priority =
        (int)
            filler.number(
                "priority",
                1,
                9,
                "must be a whole number from 1 to 9",
                defaultPriority(item.string("workType")));
    long now = clock.millis();
    long queuedAt =
        filler.number(
            QUEUED_AT, 0, now + DAY_MS, "must be epoch milliseconds, at most a day ahead", now);
    long notBefore = timeOrZero(item, "notBefore");
    long deadline = deadline(item, now, notBefore);
    String projectName = item.name("projectName");
    String projectId = item.name("projectId");
    String project =
        projectName != null ? projectName : projectId != null ? projectId : NewWork.ANY_PROJECT;
    Set<String> capabilities = new TreeSet<>(Names::compareBytes);
    for (String required : item.names(REQUIRED, MAX_CAPABILITIES)) {
      int rank = SecurityLevels.isLevel(required) ? SecurityLevels.rank(required) : 1;
      if (rank < 0) {
        throw ApiException.invalid(REQUIRED, "has a level of security that no machine attests");
      } else if (rank > 0) { // each machine has the weakest
        capabilities.add(required);
      }
    }
    if (attested) {
      capabilities.addAll(ExecutionSecurity.required(item));
    }
    filler.trace(trace);
    String cloneUrl = item.string("repository");
    String repository = cloneUrl == null ? null : Repositories.of(cloneUrl);
    return new NewWork(
        sessionId,
        issueId,
        issueIdentifier,
        project,
        List.copyOf(capabilities),
        repository,
        priority,
        queuedAt,
        notBefore,
        deadline,
        publicIds.of(sessionId),
        CanonicalJson.hash(item),
        filler.filled(),
        ItemSubject.of(item),
        null);
  }

  private static boolean isTooLarge(String text) {
    return text.length() > MAX_ITEM_BYTES / 3 // a char takes three bytes at most
        && text.getBytes(StandardCharsets.UTF_8).length > MAX_ITEM_BYTES;
  }

  private static long timeOrZero(JsonBody item, String member) {
    Long time = item.time(member);
    return time == null ? 0 : time;
  }

  /** Refuses a deadline that can't be met, instead of a dead letter later. */
  private static long deadline(JsonBody item, long now, long notBefore) {
    if (!item.has("deadline")) {
      return 0;
    }
    long deadline = timeOrZero(item, "deadline");
    if (deadline <= now) {
      throw ApiException.invalid("deadline", "has passed");
    }
    if (deadline <= notBefore) {
      throw ApiException.invalid("deadline", "must be later than notBefore");
    }
    return deadline;
  }

  private static int defaultPriority(@Nullable String workType) {
    if (workType == null) {
      return 3;
    }
    return PRIORITY_2.contains(workType) ? 2 : workType.equals("research") ? 4 : 3;
  }

  private static final class Filler {
    private final JsonBody item;
    private final Map<String, String> added = new LinkedHashMap<>();

    Filler(JsonBody item) {
      this.item = item;
    }

    String name(String field, Supplier<String> missing) {
      String value = item.name(field);
      if (value == null) {
        value = missing.get();
        added.put(field, TextNode.valueOf(value).toString());
      }
      return value;
    }

    long number(String field, long min, long max, String problem, long missing) {
      Long value = item.integer(problem, min, max, field);
      if (value == null) {
        added.put(field, Long.toString(missing));
        return missing;
      }
      return value;
    }

    /** Nothing may be added to a sealed item. */
    void trace(Map<String, String> members) {
      if (!members.isEmpty()
          && !item.mentionsInAnyCase(TraceParent.NAME)
          && !item.mentionsInAnyCase(TraceParent.STATE)
          && !item.mentions(SealedItem.SEAL)) {
        added.putAll(members);
      }
    }

    String filled() {
      return added.isEmpty() ? item.text() : item.with(added);
    }
  }
}
