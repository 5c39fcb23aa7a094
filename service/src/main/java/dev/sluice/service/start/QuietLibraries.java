package dev.sluice.service.start;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps some loggers at INFO whatever is configured: at finer levels they log headers, bodies and
 * stored values, which may hold secrets.
 */
public final class QuietLibraries implements LoggerContextListener {

  private static final List<String> PREFIXES =
      List.of(
          "org.eclipse.jetty",
          "org.glassfish",
          "com.hazelcast",
          "redis.clients",
          "org.jose4j",
          "com.sun",
          "sun",
          "jdk");

  /** WARN unless configured: they log routes and connectors at each start. */
  private static final List<String> CHATTY =
      List.of("org.eclipse.jetty", "io.dropwizard.core", "io.dropwizard.jersey");

  private QuietLibraries() {}

  /** Call before logging is configured. */
  public static void install() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (context.getCopyOfListenerList().stream().noneMatch(QuietLibraries.class::isInstance)) {
      QuietLibraries quiet = new QuietLibraries();
      context.addListener(quiet);
      quiet.onReset(context);
    }
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onReset(LoggerContext context) {
    for (String prefix : PREFIXES) {
      Logger logger = context.getLogger(prefix);
      if (!Level.INFO.equals(logger.getLevel())) {
        logger.setLevel(Level.INFO);
      }
    }
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
  }

  @Override
  public void onLevelChange(Logger logger, @Nullable Level level) {
    String name = logger.getName();
    boolean root = PREFIXES.contains(name); // the one that the others below it inherit from
    boolean quiet = root || PREFIXES.stream().anyMatch(prefix -> name.startsWith(prefix + "."));
    if (quiet && (level == null ? root : level.toInt() < Level.INFO_INT)) {
      logger.setLevel(Level.INFO);
    }
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}
}
