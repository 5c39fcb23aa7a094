package dev.sluice.service.browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrowserTest {

  protected Stage stage;
  protected Dashboard dashboard;
  protected Browser browser;

  /** Runs after {@link Stage} has set itself. */
  @BeforeAll
  protected final void openTheBrowserAtTheDashboard() {
    browser = stage.browser();
    dashboard = startDashboard();
    browser.startAnew(dashboard.url());
  }

  /** Starts a fresh browser with a login of this operator. It shows no page yet. */
  protected final void startAs(String operator) {
    browser.startAnew(dashboard.url());
    browser.use(dashboard.logIn(operator));
  }

  @AfterAll
  protected final void closeWhatIsOurs() {
    if (dashboard != null && !stage.isShared(dashboard)) {
      dashboard.close();
    }
  }

  protected Dashboard startDashboard() {
    return stage.sharedDashboard();
  }
}
