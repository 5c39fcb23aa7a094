package dev.sluice.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostMemoryTest {

  private final HostMemory memory = new HostMemory();

  @Test
  void theHostsOfWorkersThatAreGoneStay() {
    memory.with("org", workers("a", "host-a", "b", "host-b"));
    memory.with("other", workers("a", "another"));

    assertThat(memory.with("org", workers("c", "host-c")))
        .isEqualTo(Map.of("a", "host-a", "b", "host-b", "c", "host-c"));
    assertThat(memory.with("org", List.of())).hasSize(3);
    assertThat(memory.with("org", workers("a", "moved"))).containsEntry("a", "moved").hasSize(3);
  }

  @Test
  void theOldestOfManyAreForgottenButNoneThatIsThere() {
    List<String> many = new ArrayList<>(List.of("here", "h"));
    for (int i = 0; i < HostMemory.MOST_GONE + 5; i++) {
      many.addAll(List.of(String.format("w-%05d", i), "h"));
    }
    memory.with("org", workers(many.toArray(new String[0])));

    Map<String, String> hosts = memory.with("org", workers("here", "h", "new", "h"));

    assertThat(hosts).hasSize(HostMemory.MOST_GONE + 2).containsKeys("here", "new", "w-00005");
    assertThat(hosts).doesNotContainKeys("w-00000", "w-00004");
  }

  private static List<Worker> workers(String... idsAndHosts) {
    MemoryBackend store = new MemoryBackend(Rules.DEFAULTS, new MovableClock());
    for (int i = 0; i < idsAndHosts.length; i += 2) {
      store
          .workers()
          .register(
              "org",
              new Registration(
                  idsAndHosts[i],
                  "key-1",
                  Dialect.STANDARD,
                  idsAndHosts[i + 1],
                  1,
                  Projects.ALL,
                  List.of(),
                  false,
                  null,
                  "{}",
                  List.of()));
    }
    return Page.all(at -> store.workers().list("org", at, Page.MAX));
  }
}
