package dev.sluice.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisStoredTimeTest {

  private static final AuditNote BY = new AuditNote("who", "why");

  private static final String ORG = "time";
  private static final Holder HOLDER = new Holder("w", null, 0);

  /** The clock is set back, as far as the store can tell: what it wrote last lies ahead by this. */
  private static final long AHEAD_MS = 10_000;

  @Test
  void stored_time_never_goes_back() {
    try (RedisServerProcess server = RedisServerProcess.start();
        RedisUnderTest redis = new RedisUnderTest(server, Rules.DEFAULTS, StoreTime.STORE);
        Jedis jedis = server.connect()) {
      QueueBackend backend = redis.backend();
      backend.workers().register(ORG, worker());
      enqueue(backend, "before");
      ClaimedWork before = poll(backend, 1);
      long ahead = Long.parseLong(jedis.time().get(0)) * 1_000 + AHEAD_MS;
      String[] numbers = jedis.hget("{time}:org", "numbers").split(" ");
      numbers[1] = String.valueOf(ahead);
      jedis.hset("{time}:org", "numbers", String.join(" ", numbers));

      enqueue(backend, "after");
      ClaimedWork after = poll(backend, 2);
      List<Long> times = new ArrayList<>();
      times.add(backend.sessions().touch(ORG, "after", HOLDER).lastSignMs());
      times.add(send(backend));
      times.add(tell(backend));
      backend.sessions().report(ORG, "after", HOLDER, running());
      backend.upkeep().sweep();
      times.add(backend.sessions().stop(ORG, "after", stop(), Place.ANY, BY).session().endedAtMs());
      backend.sessions().timeline(ORG, "after").stream().map(Event::atMs).forEach(times::add);

      assertThat(times).allSatisfy(time -> assertThat(time).isGreaterThanOrEqualTo(ahead));
      assertThat(times.subList(0, 4)).isSorted();
      assertThat(times.subList(4, times.size())).hasSizeGreaterThan(3).isSorted();
      assertThat(after.token()).isGreaterThan(before.token());
      assertThat(after.acceptByMs()).isGreaterThan(ahead);
      // The worker is as alive as it was.
      assertThat(backend.workers().find(new WorkerRef(ORG, "w", null)).silent()).isFalse();
    }
  }

  private static long send(QueueBackend backend) {
    NewMessage nudge = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hm", null, null);
    return backend.inboxes().send(ORG, "after", nudge, BY).message().createdAtMs();
  }

  private static long tell(QueueBackend backend) {
    NewActivity thought = new NewActivity("thought", "hm");
    return backend.sessions().addActivity(ORG, "after", HOLDER, thought).activity().atMs();
  }

  private static StatusReport running() {
    return new StatusReport(SessionState.RUNNING, new TreeMap<>(), -1);
  }

  private static StopMessage stop() {
    return new StopMessage("", null, null);
  }

  private static Registration worker() {
    return new Registration(
        "w", "k", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}");
  }

  private static void enqueue(QueueBackend backend, String id) {
    backend
        .work()
        .enqueue(ORG, List.of(new NewWork(id, id, id, "p", List.of(), 3, 1, 0, 0, "hash", "{}")));
  }

  private static ClaimedWork poll(QueueBackend backend, int number) {
    PollRequest request = new PollRequest(new WorkerRef(ORG, "w", null), "r-" + number, 1);
    return backend.workers().poll(request).work().get(0);
  }
}
