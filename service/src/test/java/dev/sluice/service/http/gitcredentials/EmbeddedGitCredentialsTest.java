package dev.sluice.service.http.gitcredentials;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.http.SluiceServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedGitCredentialsTest extends GitCredentialsContract {

  private static GitCredentialsEdge edge;

  @BeforeAll
  static void start() {
    edge = new GitCredentialsEdge("embedded");
  }

  @AfterAll
  static void stop() {
    edge.close(); // which looks into the journal too
  }

  @Override
  GitCredentialsEdge edge() {
    return edge;
  }

  @Test
  void aConfigurationThatCantWorkIsRefusedBeforeAnythingStarts() {
    assertThatThrownBy(
            () ->
                SluiceServer.start(
                    "embedded",
                    "gitCredentials.type=github-app",
                    "gitCredentials.github-app.appId=1",
                    "gitCredentials.github-app.privateKeyFile=/no/such/file"))
        .hasRootCauseMessage(
            "gitCredentials.github-app.privateKeyFile names a file that can't be read:"
                + " /no/such/file");
  }
}
