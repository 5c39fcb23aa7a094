package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker has messages for 60 sessions that are 39 MB as stored and 236 MB as JSON. A node with a
 * small heap brings them in many answers, and goes on.
 */
@Timeout(600)
class LargeAnswerIT {

  private static final int SESSIONS = 60;
  private static final int MESSAGES = 10;
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  /** 64 KiB of a character that JSON writes as six, as the body of a call has them. */
  private static final String TEXT = "\\u0001".repeat(64 * 1024);

  @TempDir Path directory;

  @Test
  void onTheJournalAnswersStaySmall() throws Exception {
    arriveInManyAnswers("backend.type=embedded");
  }

  @Test
  void onRedisAnswersStaySmall() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      arriveInManyAnswers("backend.type=redis", "backend.redis.uri=" + redis.uri());
    }
  }

  private void arriveInManyAnswers(String... backend) throws Exception {
    // messages of an answer that the store lost come again after that time
    String[] overrides =
        Stream.concat(Stream.of(backend), Stream.of("timing.visibility=10s"))
            .toArray(String[]::new);
    SluiceProcess.Launch small = SluiceProcess.Launch.jar().with("-Xmx512m");
    try (SluiceProcess sluice =
        SluiceProcess.start(directory, small, FleetCalls.ENVIRONMENT, overrides)) {
      FleetCalls calls = new FleetCalls(sluice.url());
      String worker = calls.register("p", SESSIONS);
      List<String> ids = IntStream.range(0, SESSIONS).mapToObj(n -> "large-" + n).toList();
      calls.enqueue("p", ids);
      for (int claimed = 0; claimed < SESSIONS; ) {
        claimed += calls.poll(worker).at("/work").size();
      }
      List<String> sent = new ArrayList<>();
      for (String id : ids) {
        for (int n = 0; n < MESSAGES; n++) {
          sent.add(calls.send(id, TEXT));
        }
      }

      Set<String> read = new HashSet<>();
      while (read.size() < sent.size()) {
        JsonNode answer = calls.poll(worker);
        assertThat(calls.lastLength()).isLessThan(MAX_BYTES);
        for (JsonNode messages : answer.at("/inboxMessages")) {
          for (JsonNode message : messages) {
            read.add(message.at("/id").asText());
            calls.ack(message.at("/sessionId").asText(), message.at("/id").asText());
          }
        }
      }

      assertThat(read).containsExactlyInAnyOrderElementsOf(sent);
    }
  }
}
