package dev.sluice.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.TestRequests;
import dev.sluice.admin.VisitorRole;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SlowReaderTest {

  private static final int MORE_THAN_ANY_BUFFER = 200_000;

  @Test
  @Timeout(120)
  void whoDoesNotReadIsDropped() throws Exception {
    try (AdminServer server = AdminServer.start();
        Socket socket = new Socket()) {
      server.holdTime();
      TestFleet fleet = new TestFleet(server);
      socket.setReceiveBufferSize(1_024);
      URI url = URI.create(server.url());
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
      String request =
          TestRequests.get("/admin/events", url.getAuthority(), fleet.visitor(VisitorRole.VIEWER));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().read(); // the answer has begun
      assertThat(server.openStreams()).isEqualTo(1);

      for (int i = 0; server.openStreams() == 1 && i < MORE_THAN_ANY_BUFFER; i++) {
        server.pass(Duration.ofMillis(5_001));
      }

      assertThat(server.openStreams()).isZero();
    }
  }
}
