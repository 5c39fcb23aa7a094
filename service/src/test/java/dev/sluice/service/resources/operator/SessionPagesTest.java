package dev.sluice.service.resources.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two claimed sessions, two ended ones, one that waits. */
class SessionPagesTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final SessionPages pages = new SessionPages(backend.sessions(), ORG);

  @BeforeEach
  void sessions() {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                "w", "key", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}"));
    for (String id : List.of("a", "b", "c", "d")) {
      enqueue(id);
      clock.jump(Duration.ofMillis(10));
      backend.workers().poll(new PollRequest(new WorkerRef(ORG, "w", null), id, 1));
    }
    for (String id : List.of("b", "c")) {
      clock.jump(Duration.ofMillis(10));
      backend
          .sessions()
          .report(
              ORG,
              id,
              new Holder("w", null, 0),
              new StatusReport(SessionState.COMPLETED, Collections.emptySortedMap(), -1));
    }
    enqueue("waits");
  }

  @Test
  void onePageHoldsBoth() {
    assertThat(walk(1_000)).containsExactly(List.of("a", "d", "c", "b"));
  }

  @Test
  void aPageMayHoldTheEndOfOneAndTheBeginningOfTheOther() {
    assertThat(walk(3)).containsExactly(List.of("a", "d", "c"), List.of("b"));
  }

  @Test
  void aPageThatIsJustFullSaysWhetherAnythingFollows() {
    assertThat(walk(2)).containsExactly(List.of("a", "d"), List.of("c", "b"));
    assertThat(walk(4)).containsExactly(List.of("a", "d", "c", "b"));
    assertThat(walk(1)).containsExactly(List.of("a"), List.of("d"), List.of("c"), List.of("b"));
    assertThat(new SessionPages(backend.sessions(), "empty").page(null, 1))
        .isEqualTo(new SessionPages.Both(List.of(), null));
  }

  @Test
  void aCursorOfNeitherListIsRefused() {
    String next = String.valueOf(pages.page(null, 1).next());
    assertThat(next).startsWith("c");
    for (String wrong : List.of("c", "x", next.substring(1), "x" + next, next + "A", "e e")) {
      assertThatThrownBy(() -> pages.page(wrong, 1), wrong).hasMessageContaining("cursor");
    }
  }

  private List<List<String>> walk(int limit) {
    List<List<String>> walked = new ArrayList<>();
    String cursor = null;
    do {
      SessionPages.Both page = pages.page(cursor, limit);
      walked.add(page.sessions().stream().map(Session::id).toList());
      cursor = page.next();
    } while (cursor != null);
    return walked;
  }

  private void enqueue(String id) {
    backend
        .work()
        .enqueue(ORG, List.of(new NewWork(id, id, id, "p", List.of(), 3, 1, 0, 0, id, "{}")));
  }
}
