package dev.sluice.service.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** The log of the service and of Dropwizard, at every level, from before the start. */
public final class AuthLog implements AutoCloseable {

  private static final List<String> WATCHED = List.of("dev.sluice", "io.dropwizard");
  private final List<String> watched;

  /** Open logs; the last one restores the loggers. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Reset reset = new Reset();

  public AuthLog() {
    this(WATCHED);
  }

  /** Watches other loggers and those below. */
  public AuthLog(List<String> watched) {
    this.watched = watched;
    OPEN.incrementAndGet();
    context.addListener(reset);
    watch();
  }

  /** Lines with their exceptions. */
  public List<String> lines() {
    synchronized (events) {
      return events.list.stream()
          .map(
              event ->
                  event.getLevel()
                      + " "
                      + event.getLoggerName()
                      + ": "
                      + event.getFormattedMessage()
                      + (event.getThrowableProxy() == null
                          ? ""
                          : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())))
          .toList();
    }
  }

  private void watch() {
    events.setContext(context);
    events.start();
    for (String name : watched) {
      Logger logger = context.getLogger(name);
      logger.setLevel(Level.TRACE);
      logger.setAdditive(false); // it is a lot
      logger.addAppender(events);
    }
  }

  @Override
  public void close() {
    context.removeListener(reset);
    watched.forEach(name -> context.getLogger(name).detachAppender(events));
    if (OPEN.decrementAndGet() > 0) {
      return;
    }
    for (String name : watched) {
      context.getLogger(name).setAdditive(true);
      context.getLogger(name).setLevel(name.equals("ROOT") ? Level.WARN : null);
    }
  }

  /** Dropwizard removes all appenders when it configures its own. */
  private final class Reset implements LoggerContextListener {
    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onReset(LoggerContext reset) {
      watch();
    }

    @Override
    public void onStart(LoggerContext started) {}

    @Override
    public void onStop(LoggerContext stopped) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
  }
}
