package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import dev.sluice.control.FleetSearch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hits that have all words of a text. The best session of that id or issue is the first. */
public record SearchAnswer(
    List<Found> sessions, List<FoundWorker> workers, List<String> hosts, List<String> projects) {

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
   */
  public static SearchAnswer of(List<Session> stored, FleetSearch.Found found, FleetSearch fleet) {
    Set<String> ids = stored.stream().map(Session::id).collect(Collectors.toSet());
    Map<String, String> hosts =
        fleet.workers().stream()
            .map(Worker::registration)
            .collect(Collectors.toMap(Registration::workerId, Registration::hostname, (a, b) -> a));
    Stream<Found> claims =
        found.claims().stream()
            .filter(claim -> !ids.contains(claim.id()))
            .map(claim -> of(claim, fleet.headlines().get(claim.id()), hosts));
    return new SearchAnswer(
        Stream.of(
                stored.stream().limit(1).map(session -> of(session, hosts)),
                others(stored, hosts, false),
                claims,
                others(stored, hosts, true))
            .flatMap(some -> some)
            .limit(FleetSearch.MOST)
            .toList(),
        found.workers().stream()
            .map(worker -> new FoundWorker(worker.workerId(), worker.hostname()))
            .toList(),
        found.hosts(),
        found.projects());
  }

  private static Stream<Found> others(
      List<Session> stored, Map<String, String> hosts, boolean over) {
    return stored.stream()
        .skip(1)
        .filter(session -> FleetSearch.isOver(session) == over)
        .map(session -> of(session, hosts));
  }

  private static Found of(Session session, Map<String, String> hosts) {
    return new Found(
        session.id(),
        session.place().wire(),
        session.state().wire(),
        session.project(),
        session.issueIdentifier(),
        given(session.subject().title()),
        session.owner(),
        session.owner() == null ? null : hosts.get(session.owner()));
  }

  private static Found of(Claim claim, @Nullable Headline headline, Map<String, String> hosts) {
    return new Found(
        claim.id(),
        Place.CLAIMED.wire(),
        claim.state().wire(),
        claim.project(),
        headline == null ? null : headline.issueIdentifier(),
        headline == null ? null : given(headline.subject().title()),
        claim.owner(),
        hosts.get(claim.owner()));
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
