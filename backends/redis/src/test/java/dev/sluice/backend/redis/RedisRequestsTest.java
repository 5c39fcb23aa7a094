package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.server.CountingProxy;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisRequestsTest {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String ORG = "requests";

  @Test
  void a_poll_is_one_request_whatever_it_brings() throws Exception {
    try (RedisServerProcess server = RedisServerProcess.start();
        CountingProxy proxy = new CountingProxy(server.port());
        QueueBackend backend =
            RedisBackend.of(
                RedisAddress.parse(proxy.uri()),
                4,
                5_000,
                new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE))) {
      backend
          .workers()
          .register(
              ORG,
              new Registration(
                  "w", "k", Dialect.STANDARD, "host", 50, Projects.ALL, List.of(), false, "{}"));
      backend
          .work()
          .enqueue(ORG, IntStream.range(0, 12).mapToObj(RedisRequestsTest::work).toList());
      poll(backend, 0); // loads the script
      backend
          .inboxes()
          .send(ORG, "s-0", new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hi", null, null), BY);
      int before = proxy.requests().size();

      PollResult five = poll(backend, 1);
      PollResult rest = poll(backend, 2);
      PollResult nothing = poll(backend, 3);

      assertThat(five.work()).hasSize(5);
      assertThat(five.messages()).hasSize(1);
      assertThat(rest.work()).hasSize(2);
      assertThat(nothing.work()).isEmpty();
      assertThat(proxy.requests().subList(before, proxy.requests().size()))
          .containsExactly("FCALL", "FCALL", "FCALL");
    }
  }

  private static PollResult poll(QueueBackend backend, int number) {
    WorkerRef worker = new WorkerRef(ORG, "w", null);
    return backend.workers().poll(new PollRequest(worker, "r-" + number, 5));
  }

  private static NewWork work(int i) {
    String id = "s-" + i;
    return new NewWork(id, id, id, "p-" + i % 3, List.of(), 3, i, 0, 0, "hash of " + id, "{}");
  }
}
