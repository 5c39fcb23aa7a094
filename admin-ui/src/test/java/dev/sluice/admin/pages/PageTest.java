package dev.sluice.admin.pages;

import dev.sluice.admin.AdminServer;
import dev.sluice.admin.Answer;
import dev.sluice.admin.Fleet;
import dev.sluice.admin.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What tests of pages stand on: a server for the class, an org for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PageTest {

  protected AdminServer server;
  protected Fleet fleet;

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
    fleet = new Fleet(server);
  }

  /** A page for a viewer of the test's org. */
  protected Answer page(String path) {
    return server.get(path, fleet.visitor(Role.VIEWER));
  }

  /** A page for an admin of the test's org. */
  protected Answer adminPage(String path) {
    return server.get(path, fleet.visitor(Role.ADMIN));
  }
}
