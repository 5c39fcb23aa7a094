package dev.sluice.admin.web;

import dev.sluice.admin.AdminServer;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PageTestBase {

  protected AdminServer server;
  protected TestFleet fleet;

  @BeforeAll
  void start() {
    server = AdminServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void newOrg() {
    server.store.away(false);
    fleet = new TestFleet(server);
  }

  protected PageAnswer page(String path) {
    return server.get(path, fleet.visitor(VisitorRole.VIEWER));
  }

  protected PageAnswer adminPage(String path) {
    return server.get(path, fleet.visitor(VisitorRole.ADMIN));
  }
}
