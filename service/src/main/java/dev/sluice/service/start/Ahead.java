package dev.sluice.service.start;

import com.fasterxml.jackson.core.JsonFactory;
import io.dropwizard.jersey.validation.Validators;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import net.sourceforge.argparse4j.ArgumentParsers;
import org.eclipse.jetty.http.MimeTypes;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the start quicker: spares it work of libraries, and loads on a second core, while it reads
 * its configuration and opens its store, code that it needs afterwards. Nothing waits for that, and
 * nothing of what it makes stays.
 */
public final class Ahead {

  private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);

  private Ahead() {}

  interface Step {
    void run() throws Exception;
  }

  public static void start() {
    Properties properties = System.getProperties();
    properties.putIfAbsent("java.locale.providers", "CLDR"); // Jetty lists all locales
    // Jetty would start JMX to find it.
    properties.putIfAbsent("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    ArgumentParsers.setTerminalWidthDetection(false); // it starts a process
    run(
        Validators::newValidatorFactory,
        () -> new JsonFactory().createParser("{}").close(), // it computes bounds of numbers
        () -> MimeTypes.isKnownLocale(Locale.ROOT), // lists all locales
        Ahead::token);
  }

  /** Runs the steps in order, on a thread of their own. */
  static void run(Step... steps) {
    Thread thread = new Thread(() -> Arrays.stream(steps).forEach(Ahead::step), "sluice-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ignores failures: the start meets and tells them. */
  private static void step(Step step) {
    try {
      step.run();
    } catch (Exception | LinkageError e) {
      LOG.debug("Not loaded ahead", e);
    }
  }

  private static void token() throws JoseException {
    JsonWebSignature signed = new JsonWebSignature();
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signed.setKey(new HmacKey(new byte[32]));
    signed.setPayload("{}");
    signed.getCompactSerialization();
  }
}
