package dev.sluice.control;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Names;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions, workers, hosts and projects by words, in what a node has in memory, and stored
 * work by id and issue. That has no index of words.
 *
 * @param claims longest claimed first
 * @param headlines of claims, by id, as far as known
 * @param unclaimed sessions in memory
 * @param hosts of workers, by id; also of some that are gone
 */
public record FleetSearch(
    List<Claim> claims,
    Map<String, Headline> headlines,
    Unclaimed unclaimed,
    List<Worker> workers,
    Map<String, String> hosts,
    List<String> projects) {

  /** Of each kind. */
  public static final int MOST = 50;

  /** Characters. */
  public static final int MOST_TEXT = 200;

  /** Sessions of an issue, by their ids, among which are those found. */
  public static final int MOST_OF_ISSUE = 500;

  private static final int PAGE = 100;

  private static final Set<Refusal> NOT_FOUND = Set.of(Refusal.UNKNOWN_SESSION, Refusal.DAMAGED);

  private static final Comparator<Session> LIVE_THEN_LATEST =
      Comparator.comparing((Session session) -> isOver(session))
          .thenComparing(Session::createdAtMs, Comparator.reverseOrder())
          .thenComparing(Session::id);

  /**
   * @param waiting in the order of hand-out
   * @param dead latest first
   * @param ended latest first
   * @param reading true while more are still to be read into memory
   */
  public record Unclaimed(
      List<Session> waiting, List<Session> dead, List<Session> ended, boolean reading) {

    public Unclaimed {
      waiting = List.copyOf(waiting);
      dead = List.copyOf(dead);
      ended = List.copyOf(ended);
    }
  }

  /**
   * @param waiting sessions, in the order of hand-out
   * @param dead dead letters, latest first
   * @param ended sessions, latest first
   * @param workers their registrations
   */
  public record Found(
      List<Claim> claims,
      List<Session> waiting,
      List<Session> dead,
      List<Session> ended,
      List<Registration> workers,
      List<String> hosts,
      List<String> projects) {}

  /**
   * The names by which a session is found.
   *
   * @param workers its owner; of a dead letter those that nacked it
   * @param issue null if unknown
   */
  public record Item(
      String id,
      String project,
      List<String> workers,
      List<String> hosts,
      @Nullable String issue,
      Subject subject) {

    private boolean has(Words words, boolean prompts) {
      return words.in(
          id,
          issue,
          subject.title(prompts),
          project,
          String.join("\n", workers),
          String.join("\n", hosts));
    }
  }

  /** Words that all must be in one of some texts; ignores case. */
  public record Words(List<String> words) {

    public static Words of(String text) {
      return new Words(List.of(lower(text).strip().split("\\s+")));
    }

    public boolean in(@Nullable String... texts) {
      StringBuilder all = new StringBuilder(); // no word has a line break
      for (String text : texts) {
        if (text != null) {
          all.append(text).append('\n');
        }
      }
      String lower = lower(all.toString());
      for (String word : words) {
        if (!lower.contains(word)) {
          return false;
        }
      }
      return true;
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Finds sessions in any place, as the store has them: that of an id or public id first, then
   * those of an issue, live ones and then the latest first.
   *
   * @param seen sessions that the caller may see
   */
  public static List<Session> stored(
      Sessions sessions, String org, String text, Predicate<Session> seen) {
    return stored(sessions, org, text, seen, LIVE_THEN_LATEST);
  }

  /**
   * As above.
   *
   * @param order of those of an issue, of which the first stay
   */
  public static List<Session> stored(
      Sessions sessions,
      String org,
      String text,
      Predicate<Session> seen,
      Comparator<Session> order) {
    if (Names.problem(text) != null) {
      return List.of();
    }
    Optional<Session> own = found(() -> sessions.find(org, text));
    Optional<Session> named = found(() -> sessions.findPublic(org, text));
    return Stream.of(own.stream(), named.stream(), ofIssue(sessions, org, text).sorted(order))
        .flatMap(some -> some)
        .filter(seen)
        .collect(Collectors.toMap(Session::id, session -> session, (a, b) -> a, LinkedHashMap::new))
        .values()
        .stream()
        .limit(MOST)
        .toList();
  }

  /** Has ended or is dead. A session that stops is not over before its release. */
  public static boolean isOver(Session session) {
    return session.place().over();
  }

  private static Stream<Session> ofIssue(Sessions sessions, String org, String identifier) {
    List<Session> found = new ArrayList<>();
    @Nullable Cursor cursor = null;
    int lookedAt = 0;
    do {
      @Nullable Cursor from = cursor;
      Optional<Page<Session>> page = found(() -> sessions.ofIssue(org, identifier, from, PAGE));
      page.ifPresent(some -> found.addAll(some.items()));
      cursor = page.map(Page::next).orElse(null);
      lookedAt += PAGE;
    } while (cursor != null && lookedAt < MOST_OF_ISSUE);
    return found.stream();
  }

  private static <T> Optional<T> found(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (RefusedException e) {
      if (NOT_FOUND.contains(e.refusal())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * @param ofProject projects that the caller may see
   * @param ofWorker workers that the caller may see
   * @param prompts as in {@link #matching}
   */
  public Found find(
      String text, Predicate<String> ofProject, Predicate<Worker> ofWorker, boolean prompts) {
    Words words = Words.of(text);
    List<Registration> seen = workers.stream().filter(ofWorker).map(Worker::registration).toList();
    Map<String, Long> claimedAt =
        claims.stream().collect(Collectors.toMap(Claim::id, Claim::claimedAtMs, Math::max));
    Predicate<Session> hit =
        session -> ofProject.test(session.project()) && item(session).has(words, prompts);
    Predicate<Session> over =
        session ->
            session.endedAtMs() >= claimedAt.getOrDefault(session.id(), 0L) && hit.test(session);
    Predicate<Session> waits =
        session ->
            session.updatedAtMs() > claimedAt.getOrDefault(session.id(), 0L) && hit.test(session);
    List<Session> waiting = first(unclaimed.waiting(), waits);
    List<Session> dead = first(unclaimed.dead(), over);
    List<Session> ended = first(unclaimed.ended(), over);
    Map<String, Session> moved = latest(Stream.of(ended, dead, waiting).flatMap(List::stream));
    Predicate<Session> latest = session -> moved.get(session.id()) == session;
    return new Found(
        first(
            claims,
            claim ->
                ofProject.test(claim.project())
                    && !moved.containsKey(claim.id())
                    && item(claim).has(words, prompts)),
        first(waiting, latest),
        first(dead, latest),
        first(ended, latest),
        first(seen, worker -> words.in(worker.workerId(), worker.hostname())),
        seen.stream().map(Registration::hostname).distinct().filter(words::in).limit(MOST).toList(),
        first(projects, project -> ofProject.test(project) && words.in(project)));
  }

  /** The lists are of different times, so that one that moved may be in two. */
  private static Map<String, Session> latest(Stream<Session> found) {
    return found.collect(
        Collectors.toMap(
            Session::id,
            session -> session,
            BinaryOperator.maxBy(Comparator.comparingLong(Session::updatedAtMs))));
  }

  private static <T> List<T> first(List<T> of, Predicate<T> matching) {
    return of.stream().filter(matching).limit(MOST).toList();
  }

  /**
   * Looks at id, issue, title, project, worker and host.
   *
   * @param prompts true if the caller may read prompts, and so titles that are made from them
   */
  public static Predicate<Item> matching(String text, boolean prompts) {
    Words words = Words.of(text);
    return item -> item.has(words, prompts);
  }

  public Item item(Claim claim) {
    Headline headline = headlines.get(claim.id());
    return item(
        claim.id(),
        claim.project(),
        List.of(claim.owner()),
        headline == null ? null : headline.issueIdentifier(),
        headline == null ? Subject.NONE : headline.subject());
  }

  public Item item(Session session) {
    return item(
        session.id(),
        session.project(),
        workersOf(session),
        session.issueIdentifier(),
        session.subject());
  }

  private Item item(
      String id, String project, List<String> of, @Nullable String issue, Subject subject) {
    return new Item(id, project, of, hostsOf(of), issue, subject);
  }

  private List<String> hostsOf(List<String> someWorkers) {
    if (someWorkers.isEmpty()) {
      return someWorkers; // like most of them, without a stream
    }
    return someWorkers.stream().map(hosts::get).filter(Objects::nonNull).toList();
  }

  /** The last of {@link #workersOf}; null for none. */
  public static @Nullable String workerOf(Session session) {
    List<String> workers = workersOf(session);
    return workers.isEmpty() ? null : workers.get(workers.size() - 1);
  }

  /**
   * The owner; of dead work, or work that ended without one, those that nacked it, in the order of
   * their first nacks.
   */
  public static List<String> workersOf(Session session) {
    String owner = session.owner();
    if (owner != null) {
      return List.of(owner);
    }
    return isOver(session) ? session.nackers().stream().map(Nacker::workerId).toList() : List.of();
  }
}
