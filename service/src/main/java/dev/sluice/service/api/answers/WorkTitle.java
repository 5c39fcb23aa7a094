package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import org.jspecify.annotations.Nullable;

/** Members that name work for people, among those of its object; absent for none. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkTitle(String title, @Nullable String repository, String branch, String model) {

  static WorkTitle of(Session session) {
    Headline headline = Headline.of(session);
    return new WorkTitle(
        headline.subject().title(),
        headline.repository(),
        headline.subject().branch(),
        headline.subject().model());
  }
}
