package dev.sluice.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.cli.ApiCommand.Surroundings;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A command as typed, through Dropwizard's own parser. */
final class TypedCommand {

  private final Function<Surroundings, ? extends Command> command;
  private final Path credentials;
  private Map<String, String> environment = Map.of("SLUICE_API_KEY", ApiStub.KEY);
  private String input = "";

  record Outcome(int code, String out, String err) {

    List<String> lines() {
      return out.lines().toList();
    }
  }

  TypedCommand(Function<Surroundings, ? extends Command> command, Path credentials) {
    this.command = command;
    this.credentials = credentials;
  }

  TypedCommand environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  TypedCommand input(String text) {
    input = text;
    return this;
  }

  Outcome run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicInteger code = new AtomicInteger();
    Command typed =
        command.apply(
            new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment::get,
                credentials,
                code::set));
    Bootstrap<Configuration> bootstrap = new Bootstrap<>(new Nothing());
    bootstrap.addCommand(typed);
    List<String> all = new ArrayList<>(List.of(typed.getName()));
    all.addAll(List.of(arguments));
    Cli cli = new Cli(new JarLocation(ApiCommand.class), bootstrap, out, err);
    assertThat(cli.run(all.toArray(String[]::new))).isEmpty();
    return new Outcome(
        code.get(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static final class Nothing extends Application<Configuration> {
    @Override
    public void run(Configuration configuration, Environment environment) {}
  }
}
