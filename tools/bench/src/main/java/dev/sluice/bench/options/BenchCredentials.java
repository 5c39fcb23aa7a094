package dev.sluice.bench.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code toString} shows no secret. */
public final class BenchCredentials {

  public static final Path DEFAULT_FILE = Path.of("data", "credentials.env");

  private final @Nullable String worker;
  private final @Nullable String producer;

  private BenchCredentials(@Nullable String worker, @Nullable String producer) {
    this.worker = worker;
    this.producer = producer;
  }

  /**
   * Looks at the options, then the environment, then the file; blank means unset. The first with a
   * registration token or a legacy key decides who registers, so a token in the environment does
   * not override {@code --legacy-key}.
   */
  public static BenchCredentials find(
      Function<BenchOption, @Nullable String> option,
      Function<String, @Nullable String> environment,
      Path defaultFile)
      throws UsageException {
    String named = option.apply(BenchOption.CREDENTIALS);
    Map<String, String> file = Map.of();
    if (named != null) {
      file = EnvFile.read(Path.of(named));
    } else if (Files.exists(defaultFile)) {
      file = EnvFile.read(defaultFile);
    }
    List<Secrets> sources =
        List.of(
            new Secrets(
                option.apply(BenchOption.REGISTRATION_TOKEN),
                option.apply(BenchOption.API_KEY),
                option.apply(BenchOption.LEGACY_KEY)),
            Secrets.of(new Variables(environment)::get),
            Secrets.of(file::get));
    String worker = null;
    String producer = null;
    for (Secrets source : sources) {
      worker = first(worker, source.registrationToken, source.legacyKey);
      producer = first(producer, source.apiKey, source.legacyKey);
    }
    return new BenchCredentials(worker, producer);
  }

  /** Registers workers; workers use it too if the server mints no token. */
  public String worker() throws UsageException {
    return required(worker, "to register workers: a registration token or a legacy key");
  }

  public String producer() throws UsageException {
    return required(producer, "to enqueue: an API key or a legacy key");
  }

  private static String required(@Nullable String secret, String purpose) throws UsageException {
    if (secret == null) {
      throw new UsageException(
          "no credential "
              + purpose
              + " (options, environment, or the file of --credentials; see --help)");
    }
    for (int i = 0; i < secret.length(); i++) {
      if (secret.charAt(i) < 0x21 || secret.charAt(i) > 0x7e) {
        throw new UsageException(
            "the credential " + purpose + " holds characters that no header can");
      }
    }
    return secret;
  }

  private static @Nullable String first(@Nullable String... secrets) {
    for (String secret : secrets) {
      if (secret != null && !secret.isBlank()) {
        return secret;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "BenchCredentials";
  }

  private interface Source {
    @Nullable String get(String name) throws UsageException;
  }

  /** The text of a record would show the secrets. */
  private static final class Secrets {
    private final @Nullable String registrationToken;
    private final @Nullable String apiKey;
    private final @Nullable String legacyKey;

    Secrets(
        @Nullable String registrationToken, @Nullable String apiKey, @Nullable String legacyKey) {
      this.registrationToken = registrationToken;
      this.apiKey = apiKey;
      this.legacyKey = legacyKey;
    }

    static Secrets of(Source values) throws UsageException {
      return new Secrets(
          values.get("SLUICE_REGISTRATION_TOKEN"),
          values.get("SLUICE_API_KEY"),
          values.get("WORKER_API_KEY"));
    }
  }
}
