package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.OtherServer.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Reads while the other server hands out, ends and queues work. */
class RunningServerTest {

  private static final int ITEMS = 100;
  private static final int READS = 10;

  @Test
  void whatMovesIsStillOneOrg() throws Exception {
    try (OtherServer other = new OtherServer()) {
      other.worker(WORKER);
      for (int i = 0; i < ITEMS; i++) {
        other.session("s-" + i, "pending", ",\"promptContext\":\"ctx\"");
        other.queue("s-" + i);
        other.makeGroup(inbox(i));
        other.send(inbox(i), GeneratedFleet.message("s-" + i, "nudge", "x", other.now()));
      }
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Long> moves =
          CompletableFuture.supplyAsync(
              () -> {
                try (Jedis jedis = other.server().connect()) {
                  return move(jedis, over);
                }
              });

      for (int i = 0; i < READS; i++) {
        Imported imported = other.read();
        assertThat(imported.sessions().keySet())
            .isEqualTo(
                IntStream.range(0, ITEMS).mapToObj(n -> "s-" + n).collect(Collectors.toSet()));
        assertThat(imported.sessions().values())
            .extracting(SessionCopy::place)
            .isSubsetOf(List.of(Place.READY, Place.CLAIMED));
      }

      over.set(true);
      assertThat(moves.get()).isPositive();
    }
  }

  private static String inbox(int i) {
    return "agent:inbox:a-" + i + ":normal";
  }

  private static String archive(int i) {
    return "agent:inbox:archive:a-" + i + ":s-" + i + ":normal";
  }

  private static long move(Jedis jedis, AtomicBoolean over) {
    String set = "work:worker:" + WORKER + ":sessions";
    long moves = 0;
    for (int i = 0; !over.get(); i = (i + 1) % ITEMS) {
      String id = "s-" + i;
      String session = jedis.get("agent:session:" + id);
      String item = jedis.hget("work:items", id);
      double score = jedis.zscore("work:queue", id);
      jedis.zrem("work:queue", id);
      jedis.hdel("work:items", id);
      jedis.set("work:claim:" + id, WORKER);
      jedis.set(
          "agent:session:" + id,
          session.replace("\"pending\"", "\"running\",\"workerId\":\"" + WORKER + "\""));
      jedis.sadd(set, id);
      jedis.rename(inbox(i), archive(i));
      jedis.srem(set, id);
      jedis.del("work:claim:" + id);
      jedis.set("agent:session:" + id, session);
      jedis.hset("work:items", id, item);
      jedis.zadd("work:queue", score, id);
      jedis.rename(archive(i), inbox(i));
      moves++;
    }
    return moves;
  }
}
