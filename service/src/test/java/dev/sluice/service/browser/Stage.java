package dev.sluice.service.browser;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * One browser for all classes of tests, and a service on the embedded store for those that need
 * none of their own; started when first asked for, ended with the last class.
 */
final class Stage implements TestInstancePostProcessor {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Stage.class);

  /** Closed at the end of the run. */
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
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Shared.class, any -> new Shared(), Shared.class);
    ((BrowserTest) test).stage = this;
  }

  /** The browser; skips the test where there is none. */
  Browser browser() {
    if (shared.browser == null) {
      shared.browser = Browser.start();
    }
    return shared.browser;
  }

  /** The service that classes share, so names in it are to be a class's own. */
  Dashboard sharedDashboard() {
    if (shared.dashboard == null) {
      shared.dashboard = Dashboard.onHazelcast();
    }
    return shared.dashboard;
  }
}
