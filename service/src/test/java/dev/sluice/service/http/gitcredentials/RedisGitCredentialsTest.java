package dev.sluice.service.http.gitcredentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisGitCredentialsTest extends GitCredentialsContract {

  private static RedisServerProcess redis;
  private static GitCredentialsEdge edge;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start("--rdbcompression", "no");
    // A busy machine is no outage.
    edge =
        new GitCredentialsEdge(
            "redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      edge.close();
      String all = everythingStored();
      assertThat(all).as("it is all there").contains("acme/");
      GitCredentialsEdge.holdsNoSecret(all);
    } finally {
      redis.close();
    }
  }

  @Override
  GitCredentialsEdge edge() {
    return edge;
  }

  /** The server writes all of it into a file. */
  private static String everythingStored() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
        BufferedReader answers =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      socket.getOutputStream().write("SAVE\r\nCONFIG GET dir\r\n".getBytes(ISO_8859_1));
      assertThat(answers.readLine()).isEqualTo("+OK");
      String line = "";
      for (int i = 0; i < 5; i++) { // the count, then name and value with the length of each
        line = answers.readLine();
      }
      return Files.readString(Path.of(line, "dump.rdb"), ISO_8859_1);
    }
  }
}
