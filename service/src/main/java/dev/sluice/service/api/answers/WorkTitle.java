package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.items.Labels;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Members that name work for people, among those of its object; absent for none.
 *
 * @param labels none for a session that was read without its item
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkTitle(
    String title,
    @Nullable String repository,
    String branch,
    String model,
    SortedMap<String, String> labels) {

  /**
   * @param prompts true for a reader of titles that are made from prompts
   */
  static WorkTitle of(Session session, boolean prompts) {
    Headline headline = Headline.of(session);
    return new WorkTitle(
        headline.subject().title(prompts),
        headline.repository(),
        headline.subject().branch(),
        headline.subject().model(),
        Labels.of(session.item()));
  }
}
