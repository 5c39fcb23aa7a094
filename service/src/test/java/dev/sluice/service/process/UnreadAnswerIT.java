package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed after a poll, before its worker reads the answer. The next poll brings the
 * job and the message that were in it.
 */
@Timeout(300)
class UnreadAnswerIT {

  private static final String JOB = "bat_unread";

  @TempDir Path directory;

  @Test
  void onRedisTheyComeAgain() throws Exception {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      comeAgain("backend.type=redis", "backend.redis.uri=" + redis.uri());
    }
  }

  @Test
  void onTheJournalTheyComeAgain() throws Exception {
    comeAgain("backend.type=embedded");
  }

  private void comeAgain(String... backend) throws Exception {
    SluiceProcess sluice = start(backend);
    try {
      FleetCalls calls = new FleetCalls(sluice.url());
      JsonNode worker = calls.registerScanner("p");
      String id = worker.at("/workerId").asText();
      String token = worker.at("/runtimeToken").asText();
      calls.enqueue("p", List.of("running"));
      assertThat(calls.poll(id, token).at("/work")).hasSize(1);
      calls.send("running", "go on");
      calls.addJob(JOB);

      try (Socket unread = pollUnread(sluice, id, token)) {
        while (!calls.job(JOB).at("/state").asText().equals("offered")) {
          Thread.onSpinWait();
        }
        sluice.kill();
        assertThat(unread.isConnected()).isTrue();
      }
      sluice = start(backend);
      calls = new FleetCalls(sluice.url());

      JsonNode answer = calls.poll(id, token);

      assertThat(answer.at("/batchWork/0/batchJobId").asText()).isEqualTo(JOB);
      assertThat(answer.at("/inboxMessages/running/0/payload").asText()).isEqualTo("go on");
      assertThat(calls.job(JOB).at("/state").asText()).isEqualTo("offered");
      answer = calls.poll(id, token);
      assertThat(answer.at("/batchWork")).isEmpty();
      assertThat(answer.at("/inboxMessages")).isEmpty();
      assertThat(calls.job(JOB).at("/state").asText()).isEqualTo("delivered");
    } finally {
      sluice.kill();
    }
  }

  /** Polls and leaves the answer unread. */
  private static Socket pollUnread(SluiceProcess sluice, String worker, String token)
      throws Exception {
    URI url = URI.create(sluice.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    OutputStream out = socket.getOutputStream();
    String request =
        "GET /api/workers/%s/poll?wait=0 HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(worker, url.getHost(), url.getPort(), token);
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private SluiceProcess start(String... backend) {
    return SluiceProcess.start(directory, FleetCalls.ENVIRONMENT, backend);
  }
}
