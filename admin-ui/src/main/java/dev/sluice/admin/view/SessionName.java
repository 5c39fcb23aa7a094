package dev.sluice.admin.view;

import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session as people know it: by the issue and title of its work, by its id if it has neither.
 *
 * @param issue null if it is an id that nobody chose
 * @param title null for none
 * @param repository as people write it; null for none
 * @param branch null for none
 * @param about short name of the repository unless it is the project's, then the model
 */
public record SessionName(
    String id,
    @Nullable String issue,
    @Nullable String title,
    @Nullable String repository,
    @Nullable String branch,
    @Nullable String model,
    List<String> about,
    String link) {

  private static final int MOST_ISSUE = 80;

  /** Made by Sluice or by a generator of a producer. */
  private static final Pattern CHOSEN_BY_NOBODY =
      Pattern.compile("ses_[0-9a-f]{16,}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  public static SessionName of(Session session, Links links) {
    return of(Headline.of(session), session.project(), links);
  }

  /**
   * @param project shown beside it; null for none
   */
  public static SessionName of(Headline headline, @Nullable String project, Links links) {
    String issue = headline.issueIdentifier();
    String repository = headline.repository();
    String model = given(headline.subject().model());
    return new SessionName(
        headline.id(),
        CHOSEN_BY_NOBODY.matcher(issue).matches() ? null : Formats.cut(issue, MOST_ISSUE),
        given(headline.subject().title(links.prompts())),
        repository,
        given(headline.subject().branch()),
        model,
        about(repository, project, model),
        links.session(headline.id()));
  }

  /** Names a session of which only the id is known. */
  public static SessionName of(String id, Links links) {
    return new SessionName(id, null, null, null, null, null, List.of(), links.session(id));
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }

  private static List<String> about(
      @Nullable String repository, @Nullable String project, @Nullable String model) {
    List<String> about = new ArrayList<>();
    if (repository != null) {
      String name = Formats.cut(repository.substring(repository.lastIndexOf('/') + 1), 80);
      if (!name.equals(project)) {
        about.add(name);
      }
    }
    if (model != null) {
      about.add(model);
    }
    return about;
  }

  /** True if it has more of a name than its id. */
  public boolean named() {
    return title != null || issue != null && !issue.equals(id);
  }

  public String name() {
    return id;
  }

  public String shown() {
    return Formats.cut(id, 80);
  }

  /** The id beside the words; null if it is one of them. */
  public @Nullable String own() {
    return id.equals(issue) ? null : shown();
  }

  /** Issue and title, else the id. */
  public String words() {
    if (issue == null || title == null) {
      return issue != null ? issue : title != null ? title : shown();
    }
    return issue + " " + title;
  }

  /** All that a row may have no room for. */
  public String hint() {
    List<String> parts = new ArrayList<>(List.of(words()));
    parts.addAll(about);
    if (!id.equals(issue)) {
      parts.add(id);
    }
    return String.join(" · ", parts);
  }
}
