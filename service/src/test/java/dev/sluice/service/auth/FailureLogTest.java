package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

  private final Logger audit = (Logger) LoggerFactory.getLogger("dev.sluice.audit");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong();
  private final FailureLog log = new FailureLog(now::get);

  @BeforeEach
  void watch() {
    lines.start();
    audit.setLevel(Level.INFO);
    audit.addAppender(lines);
  }

  @AfterEach
  void leave() {
    audit.detachAppender(lines);
    audit.setLevel(null);
  }

  @Test
  void failuresOfAnAddressAreFolded() {
    for (int i = 0; i < 500; i++) {
      log.failed(FailedAuthentication.UNKNOWN_KEY, "192.0.2.1");
    }
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    log.failed(FailedAuthentication.INVALID_TOKEN, "192.0.2.1");
    assertThat(told("192.0.2.1"))
        .containsExactly(
            "org=- actor=- verb=\"authentication failed\" object=\"unknown_key\""
                + " detail=\"from 192.0.2.1\"",
            "org=- actor=- verb=\"authentication failed\" object=\"invalid_token\""
                + " detail=\"from 192.0.2.1, 500 times\"");
  }

  @Test
  void manyAddressesShareABound() {
    for (int i = 0; i < 5_000; i++) {
      log.failed(FailedAuthentication.MISSING, "many." + i);
    }
    assertThat(told("many.")).hasSize(100);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    for (int i = 0; i < 5_000; i++) {
      log.failed(FailedAuthentication.MISSING, "more." + i);
    }
    assertThat(told("more.")).hasSize(3);
  }

  private List<String> told(String address) {
    return lines.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains("from " + address))
        .toList();
  }
}
