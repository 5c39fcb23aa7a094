package dev.sluice.service.browser;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** One browser and one service on the embedded store for the test classes of a JVM. */
final class Stage implements TestInstancePostProcessor {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Stage.class);

  private static final class Shared implements ExtensionContext.Store.CloseableResource {
    private @Nullable Browser browser;
    private @Nullable Dashboard dashboard;

    @Override
    public void close() {
      if (browser != null) {
        browser.close();
      }
      if (dashboard != null) {
        dashboard.close();
      }
    }
  }

  private Shared shared = new Shared();

  @Override
  public void postProcessTestInstance(Object test, ExtensionContext context) {
    shared =
        context
            .getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .getOrComputeIfAbsent(Shared.class, any -> new Shared(), Shared.class);
    ((BrowserTest) test).stage = this;
  }

  Browser browser() {
    if (shared.browser == null) {
      shared.browser = Browser.start();
    }
    return shared.browser;
  }

  boolean isShared(Dashboard dashboard) {
    return dashboard == shared.dashboard;
  }

  /** Shared by classes, so names in it must be a class's own. */
  Dashboard sharedDashboard() {
    if (shared.dashboard == null) {
      shared.dashboard = Dashboard.onHazelcast();
    }
    return shared.dashboard;
  }
}
