package dev.sluice.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamLimitsTest {

  private final AdminServer server =
      AdminServer.start(new StreamLimits(4, 3, Duration.ofMinutes(10)));
  private final TestFleet fleet = new TestFleet(server);
  private final Visitor viewer = fleet.visitor(VisitorRole.VIEWER);
  private final List<EventTab> tabs = new ArrayList<>();

  @BeforeEach
  void hold() {
    server.holdTime();
  }

  @AfterEach
  void stop() {
    tabs.forEach(EventTab::close);
    server.close();
  }

  private EventTab open(Visitor visitor) throws Exception {
    EventTab tab = EventTab.open(server, visitor);
    tabs.add(tab);
    return tab;
  }

  @Test
  void oneVisitorAndAllTogetherHaveOnlySoMany() throws Exception {
    Visitor bob = new Visitor("bob", "operator:bob", VisitorRole.OPERATOR, fleet.org, false);
    for (int i = 0; i < 3; i++) {
      assertThat(open(viewer).status()).isEqualTo(200);
    }
    EventTab fourth = open(viewer);
    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.response.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(open(bob).status()).isEqualTo(200);
    assertThat(open(bob).status()).isEqualTo(503);

    tabs.get(0).close();
    fleet.work("s-1").enqueue();
    for (int i = 0; server.openStreams() == 4 && i < 1_000; i++) {
      server.pass(Duration.ofSeconds(5)); // a closed tab is noticed when it is told something
    }
    assertThat(open(bob).status()).isEqualTo(200);
  }

  @Test
  void itEndsWhenTheServerStops() throws Exception {
    EventTab tab = open(viewer);
    tab.next();

    server.close();

    assertThat(tab.ended()).isNotNull();
  }
}
