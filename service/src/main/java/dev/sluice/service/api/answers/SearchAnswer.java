package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.control.FleetSearch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hits that have all words of a text. The best session of that id or issue is the first, live work
 * the next.
 *
 * @param lookedAt sessions of the caller that were searched for words, beside claimed ones
 */
public record SearchAnswer(
    List<Found> sessions,
    List<FoundWorker> workers,
    List<String> hosts,
    List<String> projects,
    LookedAt lookedAt) {

  /**
   * @param waiting the first waiting sessions
   * @param dead the latest dead letters
   * @param ended the latest ended sessions
   * @param reading true if more follow
   */
  public record LookedAt(long waiting, long dead, long ended, boolean reading) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Found(
      String sessionId,
      String place,
      String state,
      String project,
      @Nullable String issueIdentifier,
      @Nullable String title,
      @Nullable String workerId,
      @Nullable String host) {}

  public record FoundWorker(String workerId, String host) {}

  /**
   * @param stored found by id or issue
   * @param ofProject projects that the caller may see
   * @param prompts true for a reader of titles that are made from prompts
   */
  public static SearchAnswer of(
      List<Session> stored,
      FleetSearch.Found found,
      FleetSearch fleet,
      Predicate<String> ofProject,
      boolean prompts) {
    Set<String> ids = stored.stream().map(Session::id).collect(Collectors.toSet());
    Map<String, String> hosts = fleet.hosts();
    Stream<Found> claims =
        found.claims().stream()
            .filter(claim -> !ids.contains(claim.id()))
            .map(claim -> of(claim, fleet.headlines().get(claim.id()), hosts, prompts));
    return new SearchAnswer(
        Stream.of(
                stored.stream().limit(1).map(session -> of(session, hosts, prompts)),
                stored(stored, session -> !FleetSearch.isOver(session), hosts, prompts),
                claims,
                others(found.waiting(), ids, hosts, prompts),
                stored(stored, FleetSearch::isOver, hosts, prompts),
                others(found.dead(), ids, hosts, prompts),
                others(found.ended(), ids, hosts, prompts))
            .flatMap(some -> some)
            .limit(FleetSearch.MOST)
            .toList(),
        found.workers().stream()
            .map(worker -> new FoundWorker(worker.workerId(), worker.hostname()))
            .toList(),
        found.hosts(),
        found.projects(),
        new LookedAt(
            seen(fleet.unclaimed().waiting(), ofProject),
            seen(fleet.unclaimed().dead(), ofProject),
            seen(fleet.unclaimed().ended(), ofProject),
            fleet.unclaimed().reading()));
  }

  private static long seen(List<Session> sessions, Predicate<String> ofProject) {
    return sessions.stream().map(Session::project).filter(ofProject).count();
  }

  private static Stream<Found> stored(
      List<Session> stored, Predicate<Session> which, Map<String, String> hosts, boolean prompts) {
    return stored.stream().skip(1).filter(which).map(session -> of(session, hosts, prompts));
  }

  private static Stream<Found> others(
      List<Session> found, Set<String> ids, Map<String, String> hosts, boolean prompts) {
    return found.stream()
        .filter(session -> !ids.contains(session.id()))
        .map(session -> of(session, hosts, prompts));
  }

  private static Found of(Session session, Map<String, String> hosts, boolean prompts) {
    String worker = FleetSearch.workerOf(session);
    return new Found(
        session.id(),
        session.place().wire(),
        session.state().wire(),
        session.project(),
        session.issueIdentifier(),
        given(session.subject().title(prompts)),
        worker,
        worker == null ? null : hosts.get(worker));
  }

  private static Found of(
      Claim claim, @Nullable Headline headline, Map<String, String> hosts, boolean prompts) {
    return new Found(
        claim.id(),
        Place.CLAIMED.wire(),
        claim.state().wire(),
        claim.project(),
        headline == null ? null : headline.issueIdentifier(),
        headline == null ? null : given(headline.subject().title(prompts)),
        claim.owner(),
        hosts.get(claim.owner()));
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
