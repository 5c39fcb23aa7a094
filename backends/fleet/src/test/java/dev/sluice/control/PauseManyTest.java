package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.queues.Queues;
import dev.sluice.backend.tck.MovableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else pauses while all projects are gone through. */
class PauseManyTest {

  private static final String ORG = "org";
  private static final Actor ANN = new Actor(ORG, "ann", "why");
  private static final AuditNote BOB = new AuditNote("bob", "security");

  private final Queues queues = new MemoryBackend(Rules.DEFAULTS, new MovableClock()).queues();

  @BeforeEach
  void twoProjects() {
    for (String project : List.of("a", "z")) {
      queues.limit(ORG, project, new QueueLimits(1, null), ANN.note());
    }
  }

  @Test
  void aNewerPauseStays() {
    PausedMany done = whileBobPauses().pause(0);

    assertThat(done.changed()).extracting(ProjectQueue::project).containsExactly("a");
    assertThat(done.left()).extracting(ProjectQueue::project).containsExactly("z");
    assertThat(pausedBy("z")).isEqualTo("bob");
  }

  @Test
  void aNewerPauseIsNotResumed() {
    new PauseMany(queues, ANN, project -> true, false).pause(0);

    PausedMany done = whileBobPauses().resume(false);

    assertThat(done.changed()).extracting(ProjectQueue::project).containsExactly("a");
    assertThat(done.left()).extracting(ProjectQueue::project).containsExactly("z");
    assertThat(pausedBy("z")).isEqualTo("bob");
  }

  private String pausedBy(String project) {
    return queues.find(ORG, project).pause().actor();
  }

  /** Bob pauses z once the list is read. */
  private PauseMany whileBobPauses() {
    Queues read =
        (Queues)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Queues.class},
                (proxy, method, arguments) -> {
                  try {
                    Object answer = method.invoke(queues, arguments);
                    if (method.getName().equals("list")) {
                      queues.pause(ORG, "z", 0, BOB);
                    }
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new PauseMany(read, ANN, project -> true, false);
  }
}
