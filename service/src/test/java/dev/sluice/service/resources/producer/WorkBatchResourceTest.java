package dev.sluice.service.resources.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.answers.WorkBatchAnswers.Added;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.dispatch.FollowedWork;
import dev.sluice.service.resources.Enqueuer;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Repeats of a batch whose org keeps one ended session, and has room for four small waiting ones.
 */
class WorkBatchResourceTest {

  private static final String ORG = "org";
  private static final Caller CALLER =
      new Caller(Caller.Mode.USER_KEY, ORG, null, "usr_1", Set.of(Scope.WORK_WRITE), Projects.ALL);

  private static final List<String> UNTRACED = List.of();

  private final MemoryBackend backend =
      new MemoryBackend(Rules.DEFAULTS.withDefaults(4, 1, 50_000), new MovableClock());
  private final WorkBatchResource batches =
      new WorkBatchResource(
          new Enqueuer(backend, Clock.systemUTC(), new PublicIds(null), Set.of()),
          backend.sessions(),
          new FollowedWork(backend.work(), backend.hints(), 10));

  @Test
  void itemsThatHaveEndedAndAreForgottenAreNotEnqueuedAgain() {
    String body = body("a", "b", "c");
    String id = added(add(body), 201, 3, 0, 0);
    stop(id, 0, 1, 2);
    backend.upkeep().sweep();
    assertThat(backend.sessions().stages(ORG, sessions(id, 3))).hasSizeLessThan(3);

    Response again = add(body);
    assertThat(added(again, 200, 0, 3, 0)).isEqualTo(id);
    assertThat(again.getHeaderString("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void whatWasRefusedIsEnqueuedByARepeatWhichIsNoReplay() {
    String other =
        added(batches.add(CALLER, "other", UNTRACED, UNTRACED, bytes(body("w"))), 201, 1, 0, 0);
    String body = body("a", "b", "c", "d", "e");
    String id = added(add(body), 201, 3, 0, 2);
    Response full = add(body);
    assertThat(added(full, 200, 0, 3, 2)).isEqualTo(id);
    assertThat(full.getHeaderString("Idempotency-Replayed")).isNull();
    stop(other, 0);
    stop(id, 0);
    Response rest = add(body);
    assertThat(added(rest, 201, 2, 3, 0)).isEqualTo(id);
    assertThat(rest.getHeaderString("Idempotency-Replayed")).isNull();
    assertThat(add(body).getHeaderString("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void anotherBodyNeverEntersABatchOfWhichTheFirstItemWasRefused() {
    String large = "x".repeat(100_000); // more than the store has room for
    String one = body(large, "b");
    String id = added(add(one), 201, 1, 0, 1);
    for (String another : List.of(body(large, "c"), body("a", "b"), body("a", "b", "c"))) {
      assertThatThrownBy(() -> add(another)).hasMessageContaining("used with another body");
    }
    Response again = add(one);
    assertThat(added(again, 200, 0, 1, 1)).isEqualTo(id);
  }

  @Test
  void aBodyOfWhichNothingIsThereGivesWayToAnother() {
    byte[] four = bytes(body("1", "2", "3", "4"));
    String filling = added(batches.add(CALLER, "other", UNTRACED, UNTRACED, four), 201, 4, 0, 0);
    assertThat(add(body("a", "b")).getStatus()).isEqualTo(429);
    stop(filling, 0, 1, 2, 3);
    String id = added(add(body("c", "d")), 201, 2, 0, 0);
    assertThat(backend.sessions().find(ORG, id + ".0").item()).contains("\"c\"");
    assertThatThrownBy(() -> add(body("a", "b"))).hasMessageContaining("used with another body");
  }

  private Response add(String body) {
    return batches.add(CALLER, "key", UNTRACED, UNTRACED, bytes(body));
  }

  private static String added(
      Response answer, int status, int enqueued, int duplicates, int refused) {
    assertThat(answer.getStatus()).as("%s", answer.getEntity()).isEqualTo(status);
    Added added = (Added) answer.getEntity();
    assertThat(List.of(added.enqueued(), added.duplicates(), added.refused()))
        .containsExactly(enqueued, duplicates, refused);
    return added.batchId();
  }

  private void stop(String id, int... items) {
    for (int item : items) {
      backend
          .sessions()
          .stop(
              ORG,
              id + "." + item,
              new StopMessage("", null, null),
              Place.ANY,
              new AuditNote("ann", ""));
    }
  }

  private static List<String> sessions(String id, int items) {
    return IntStream.range(0, items).mapToObj(item -> id + "." + item).toList();
  }

  private static String body(String... prompts) {
    return List.of(prompts).stream()
        .map(prompt -> "{\"prompt\":\"" + prompt + "\"}")
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
