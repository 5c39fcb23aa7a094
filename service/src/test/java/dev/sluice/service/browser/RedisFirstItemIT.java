package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Also shows a service without Redis. */
class RedisFirstItemIT extends FirstItemJourney {

  private RedisServerProcess redis;

  @Override
  public Dashboard startDashboard() {
    redis = RedisServerProcess.start();
    return Dashboard.onRedis(redis.uri());
  }

  @AfterAll
  void stopRedis() {
    if (redis != null) {
      redis.close();
    }
  }

  @Test
  @Order(2)
  void anOpenPageSaysThatTheStoreIsAwayAndKeepsItsFigures() {
    browser.open("/admin");
    browser.stays();

    redis.kill();

    browser.awaitText("[role=status]", "The store does not answer. The figures are from");
    browser.awaitText(".age.old", "stale");
    browser.assertStayed();
    assertThat(browser.text(".summary")).contains("0 / 2");
    browser.open("/admin/activity");
    assertThat(browser.text("main")).contains("The store does not answer");
  }
}
