package dev.sluice.service.api.answers;

import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item on its way into the answer of a poll. Most are passed on as they are; one that is looked
 * into is parsed once, however many ask.
 */
public final class PolledItem {

  private static final String REPOSITORY = "repository";

  private final ClaimedWork work;
  private @Nullable JsonBody body;

  private PolledItem(ClaimedWork work) {
    this.work = work;
  }

  /** Those of a poll. */
  public static List<PolledItem> all(List<ClaimedWork> work) {
    return work.stream().map(PolledItem::new).toList();
  }

  /** What the poll brought. */
  public ClaimedWork work() {
    return work;
  }

  public String sessionId() {
    return work.sessionId();
  }

  /** The item's members. */
  JsonBody body() {
    JsonBody parsed = body;
    if (parsed == null) {
      parsed = JsonBody.parse(work.item());
      body = parsed;
    }
    return parsed;
  }

  /** The clone URL that it names, as it came; null if none. */
  public @Nullable String repository() {
    if (!work.item().contains(REPOSITORY)) {
      return null; // and need not be parsed
    }
    try {
      return body().string(REPOSITORY);
    } catch (ApiException e) {
      return null; // no well-formed text, so no URL
    }
  }
}
