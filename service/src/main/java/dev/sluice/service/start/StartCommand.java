package dev.sluice.service.start;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.Duration;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A failed start prints one sentence instead of a stack trace. */
public final class StartCommand extends ServerCommand<SluiceConfiguration> {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(StartCommand.class);

  public StartCommand(Application<SluiceConfiguration> application) {
    super(application);
  }

  @Override
  protected void run(
      Bootstrap<SluiceConfiguration> bootstrap,
      Namespace namespace,
      SluiceConfiguration configuration)
      throws Exception {
    Ahead.run(configuration.backend()::prepare);
    super.run(bootstrap, namespace, configuration);
  }

  @Override
  protected void run(
      Environment environment, Namespace namespace, SluiceConfiguration configuration)
      throws Exception {
    if (!LOG.isDebugEnabled()
        && LoggerFactory.getLogger(ServerCommand.class) instanceof Logger dropwizards) {
      dropwizards.setLevel(Level.OFF); // it logs the stack of what onError tells
    }
    super.run(environment, namespace, configuration);
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable problem) {
    LOG.debug("The start failed", problem);
    String sentence = sentence(problem);
    if (sentence == null) {
      super.onError(cli, namespace, problem);
    } else {
      cli.getStdErr().println("Sluice doesn't start: " + sentence);
    }
  }

  /** Null if only the stack trace helps. */
  public static @Nullable String sentence(Throwable problem) {
    Throwable before = problem;
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return before.getMessage() + ": " + cause.getMessage();
      }
      if (cause instanceof JsonMappingException mismatch && isOfDuration(mismatch)) {
        return path(mismatch) + ": must be a duration with its unit, like 180s or 5m";
      }
      if (cause instanceof InvalidTypeIdException unknown) {
        return path(unknown) + ".type: " + unknownType(unknown);
      }
      before = cause;
    }
    if (problem instanceof OutOfMemoryError) {
      return "out of memory; start with a larger heap (java -Xmx)";
    }
    return problem instanceof BackendUnavailableException
            || problem instanceof IllegalArgumentException
            || problem instanceof UncheckedIOException
            || problem instanceof ConfigurationException
        ? String.valueOf(problem.getMessage()).strip()
        : null;
  }

  private static String unknownType(InvalidTypeIdException unknown) {
    String known =
        ServiceLoader.load(unknown.getBaseType().getRawClass()).stream()
            .map(provider -> provider.type().getAnnotation(JsonTypeName.class))
            .filter(Objects::nonNull)
            .map(JsonTypeName::value)
            .sorted()
            .collect(Collectors.joining(", "));
    String type = unknown.getTypeId();
    return (type == null ? "is missing" : type + " is unknown") + "; write one of: " + known;
  }

  private static boolean isOfDuration(JsonMappingException mismatch) {
    return mismatch instanceof ValueInstantiationException failed
        ? failed.getType().hasRawClass(Duration.class)
        : mismatch instanceof MismatchedInputException other
            && Duration.class.equals(other.getTargetType());
  }

  private static String path(JsonMappingException mismatch) {
    return mismatch.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."));
  }
}
