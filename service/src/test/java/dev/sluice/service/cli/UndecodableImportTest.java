package dev.sluice.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.cli.TypedCommand.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Items of AgentFactory with members that a worker in Go can't decode. */
@Timeout(120)
class UndecodableImportTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void aMemberThatWorkersCannotDecodeIsRemovedAndListed() throws Exception {
    Path file = directory.resolve("export.ndjson");
    try (RedisServerProcess other = RedisServerProcess.start();
        Jedis jedis = other.connect()) {
      queue(jedis, "wrong", ",\"title\":5,\"env\":{\"A\":1},\"body\":\"b\"");
      queue(jedis, "right", ",\"title\":\"t\",\"own\":7");

      Outcome written =
          new TypedCommand(ImportAgentFactoryCommand::new, directory.resolve("none"))
              .run("--redis", other.uri(), "--out", file.toString());

      assertThat(written.code()).as(written.err()).isZero();
      assertThat(written.err())
          .contains("wrong: without members that workers can't decode: title, env")
          .doesNotContain("right: without");
    }
    assertThat(item(file, "wrong").has("title")).isFalse();
    assertThat(item(file, "wrong").has("env")).isFalse();
    assertThat(item(file, "wrong").path("body").asText()).isEqualTo("b");
    assertThat(item(file, "right").path("title").asText()).isEqualTo("t");
    assertThat(item(file, "right").path("own").asInt()).isEqualTo(7);
  }

  private static void queue(Jedis jedis, String id, String members) {
    long now = System.currentTimeMillis() - 60_000;
    String item =
        "{\"sessionId\":\"%s\",\"issueId\":\"i-%s\",\"issueIdentifier\":\"ENG-1\",\"priority\":3,\"queuedAt\":%d,\"prompt\":\"p\"%s}"
            .formatted(id, id, now, members);
    jedis.hset("work:items", id, item);
    jedis.zadd("work:queue", 3e13 + now, id);
    jedis.set(
        "agent:session:" + id,
        "{\"linearSessionId\":\"%s\",\"status\":\"pending\",\"createdAt\":%d,\"queuedAt\":%d,\"issueId\":\"i-%s\",\"updatedAt\":%d}"
            .formatted(id, now, now, id, now));
  }

  private static JsonNode item(Path export, String id) throws Exception {
    for (String line : Files.readAllLines(export)) {
      JsonNode record = MAPPER.readTree(line);
      if (record.path("type").asText().equals("session") && record.path("id").asText().equals(id)) {
        return MAPPER.readTree(record.path("item").asText());
      }
    }
    throw new AssertionError("no session " + id);
  }
}
