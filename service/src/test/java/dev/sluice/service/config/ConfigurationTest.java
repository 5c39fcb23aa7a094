package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.service.api.items.RetryEntry;
import dev.sluice.service.auth.OperatorEntry;
import dev.sluice.service.auth.Rate;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.secrets.PasswordHash;
import dev.sluice.service.http.Json;
import dev.sluice.service.http.edge.FrontLimits;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final Path SHIPPED = Path.of("../config.yml");

  @Test
  void theShippedFileSaysTheDefaults() throws Exception {
    assertThat(read(Files.readString(SHIPPED)).rules()).isEqualTo(Rules.DEFAULTS);
    assertThat(read("backend: {type: redis}").rules())
        .as("what it leaves out is the same")
        .isEqualTo(Rules.DEFAULTS);
  }

  @Test
  void theShippedFileNeedsNoValidator() throws Exception {
    assertThat(SoundSettings.sound(read(Files.readString(SHIPPED)))).isTrue();
  }

  @Test
  void aFormerSettingIsIgnoredWithItsValueAndRefusedWithAnother() throws Exception {
    String same =
        """
        {backend: {type: redis}, polls: {maxParked: 20000, maxFollowed: 10000},
         timing: {sweep: 500 milliseconds, nackBackoff: 30s}, retention: {activities: 200}}
        """;
    assertThat(read(same).rules()).isEqualTo(Rules.DEFAULTS);
    assertThatThrownBy(() -> read("{backend: {type: redis}, timing: {sweep: 1s}}"))
        .hasMessage("timing.sweep is no longer a setting, its value is 500ms; remove it");
    assertThatThrownBy(() -> read("{backend: {type: redis}, polls: {other: 1}}"))
        .hasMessageContaining("polls");
  }

  @Test
  void theFormerNameOfTheEmbeddedStoreIsTranslated() throws Exception {
    for (String former :
        List.of(
            "{type: hazelcast}",
            "{type: hazelcast, hazelcast: }",
            "{type: hazelcast, hazelcast: {}}",
            "{type: hazelcast, hazelcast: {durable: }}",
            "{type: hazelcast, hazelcast: {durable: true, cluster: }}",
            "{type: hazelcast, hazelcast: {durable: 'true'}, redis: {uri: 'redis://elsewhere'}}")) {
      assertThat(description(former)).as(former).isEqualTo(description("{type: embedded}"));
    }
    String alone = "{type: hazelcast, hazelcast: {cluster: {members: [127.0.0.1]}}}";
    assertThat(description("{type: hazelcast, hazelcast: {durable: false}}"))
        .isEqualTo(description(alone))
        .contains("Hazelcast, one member, in memory");
    assertThat(description("{type: hazelcast, hazelcast: {cluster: {members: [a, b]}}}"))
        .contains("Hazelcast, in a cluster of 2");
    for (String wrong : List.of("durabel: true", "durable: maybe", "durable: true, port: 5701")) {
      assertThatThrownBy(() -> description("{type: hazelcast, hazelcast: {" + wrong + "}}"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("backend.hazelcast");
    }
  }

  private static String description(String backend) throws Exception {
    return read("backend: " + backend).backend().description();
  }

  @Test
  void pollsAreHeldAsItSays() throws Exception {
    Intervals shipped = read(Files.readString(SHIPPED)).intervals();
    assertThat(shipped).isEqualTo(read("backend: {type: redis}").intervals());
    Intervals some =
        read("{backend: {type: redis}, polls: {hold: {snakeCase: 0s, goDaemon: 7s}}}").intervals();
    assertThat(some.held().of(Dialect.STANDARD)).isEqualTo(Duration.ofSeconds(20));
    assertThat(some.held().of(Dialect.GO_DAEMON)).isEqualTo(Duration.ofSeconds(7));
    assertThat(some.held().of(Dialect.SNAKE_CASE)).isEqualTo(Duration.ZERO);
    assertThat(some.poll(Dialect.GO_DAEMON)).isEqualTo(Duration.ofSeconds(1));
    assertThat(some.poll(Dialect.SNAKE_CASE)).isEqualTo(Duration.ofSeconds(5));
    Intervals often = read("{backend: {type: redis}, timing: {poll: 100ms}}").intervals();
    assertThat(often.poll(Dialect.STANDARD)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void ratesAreWhatItSays() throws Exception {
    RateSettings shipped = read(Files.readString(SHIPPED)).rates();
    RateSettings defaults = read("backend: {type: redis}").rates();
    assertThat(shipped.limits()).isEqualTo(defaults.limits());
    assertThat(shipped.anonymous).isEqualTo(new Rate(100, 10));
    assertThat(shipped.credential).isEqualTo(new Rate(0, 0));
    assertThat(shipped.registration).isEqualTo(new Rate(2_000, 200));
    String one = "{backend: {type: redis}, rates: {credential: {perSecond: 50}}}";
    assertThat(read(one).rates().credential).isEqualTo(new Rate(0, 50));
  }

  @Test
  void theFrontIsAsLimitedAsItSays() throws Exception {
    FrontLimits shipped = read(Files.readString(SHIPPED)).front().limits(false);
    assertThat(shipped).isEqualTo(read("backend: {type: redis}").front().limits(false));
    FrontLimits limits =
        read("""
        backend: {type: redis}
        front: {maxConnections: 1, maxConnectionsPerAddress: 2, bodyMemory: 25MiB,
          minBytesPerSecond: 4}
        """)
            .front()
            .limits(true);
    assertThat(limits)
        .isEqualTo(
            new FrontLimits(1, 2, shipped.headerBytes(), 25 << 20, shipped.answerBytes(), 4));
  }

  @Test
  void connectionsAreAsManyAsTheHeapHolds() {
    FrontSettings settings = new FrontSettings();
    assertThat(settings.limits(false, 512L << 20).connections()).isEqualTo(10_922);
    assertThat(settings.limits(false, 512L << 20).connectionsPerAddress()).isEqualTo(4_368);
    assertThat(settings.limits(true, 512L << 20).connections()).isEqualTo(2_048);
    assertThat(settings.limits(false, 8L << 30).connections()).isEqualTo(25_000);
    assertThat(settings.limits(false, 8L << 30).connectionsPerAddress()).isEqualTo(10_000);
  }

  @Test
  void eachKeyReachesTheRules() throws Exception {
    Rules rules =
        read("""
        backend: {type: redis}
        timing: {lease: 101s, accept: 102s, stopGrace: 104s,
          visibility: 105s, upgrade: 106s}
        limits: {itemsPerPoll: 7, unacknowledgedMessages: 8, maxWaiting: 9, maxBatch: 21,
          maxAttempts: 10, maxNacks: 11, noShows: 12, quarantine: 13m,
          maxWorkers: 30, maxWorkersPerKey: 29, maxProjects: 27,
          maxBytes: 28}
        retention: {ended: 14h, maxEnded: 15, deadLetters: 16d, silentWorkers: 18d,
          audit: 23d, events: 24d, maxEvents: 25}
        """)
            .rules();
    Rules defaults = Rules.DEFAULTS;
    assertThat(rules)
        .isEqualTo(
            new Rules(
                101_000,
                102_000,
                defaults.acceptGoDaemonMs(),
                104_000,
                105_000,
                defaults.nackBackoffMs(),
                7,
                defaults.messagesPerRead(),
                defaults.normalShare(),
                8,
                defaults.maxReturns(),
                defaults.maxCapabilitySets(),
                defaults.dueStep(),
                defaults.exactPosition(),
                9,
                21,
                106_000,
                new Rules.Tries(10, 11, defaults.tries().maxOffers(), 12, 780_000, 3_600_000),
                new Rules.Kept(
                    14 * 3_600_000L,
                    15,
                    16 * 86_400_000L,
                    defaults.kept().archiveMs(),
                    18 * 86_400_000L,
                    defaults.kept().activities(),
                    defaults.kept().events(),
                    23 * 86_400_000L,
                    defaults.kept().maxAudit(),
                    defaults.kept().idempotencyMs(),
                    24 * 86_400_000L,
                    25),
                new Rules.Bounds(
                    28,
                    30,
                    27,
                    defaults.bounds().maxOrgCapabilitySets(),
                    defaults.bounds().maxKeys(),
                    29)));
  }

  @Test
  void aBlankSaltIsUnset() throws Exception {
    for (String blank : List.of("", "publicFamily: {idSalt: }", "publicFamily: {idSalt: '  '}")) {
      PublicSettings family = read("backend: {type: redis}\n" + blank).publicFamily();
      assertThat(family.salt()).as(blank).isNull();
      assertThat(family.embeds).isFalse();
    }
    String set = "backend: {type: redis}\npublicFamily: {idSalt: pepper, embeds: true}";
    assertThat(read(set).publicFamily().salt()).isEqualTo("pepper");
    assertThat(read(set).publicFamily().embeds).isTrue();
    assertThat(read(Files.readString(SHIPPED)).publicFamily().salt()).isNull();
  }

  @Test
  void whatIsOutOfBoundsIsNamed() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("polls: {hold: {standard: 26s}}", "polls.hold.standard");
    wrong.put("polls: {hold: {goDaemon: -1s}}", "polls.hold.goDaemon");
    wrong.put("polls: {hold: 20s}", "polls.hold");
    wrong.put(
        "server: {applicationConnectors: [{type: http, idleTimeout: 20s}]}",
        "polls.hold: must be shorter than idleTimeout of each application connector");
    wrong.put("limits: {maxWaiting: -1}", "limits.maxWaiting");
    wrong.put("limits: {maxBatch: 0}", "limits.maxBatch");
    wrong.put("limits: {maxBytes: -1}", "limits.maxBytes");
    wrong.put("limits: {maxWorkers: 0}", "limits.maxWorkers");
    wrong.put("limits: {maxSessionCostUsd: 0}", "limits.maxSessionCostUsd");
    wrong.put("limits: {maxWorkersPerKey: -1}", "limits.maxWorkersPerKey");
    wrong.put("limits: {maxProjects: 0}", "limits.maxProjects");
    wrong.put("limits: {maxAttempts: 0}", "limits.maxAttempts");
    wrong.put("limits: {maxNacks: 0}", "limits.maxNacks");
    wrong.put("limits: {noShows: 0}", "limits.noShows");
    wrong.put("limits: {quarantine: 0s}", "limits.quarantine");
    wrong.put("limits: {maxAttempt: 5}", "limits.maxAttempt");
    wrong.put("limits: {maxNacks: many}", "limits.maxNacks");
    wrong.put("retention: {ended: 10ms}", "retention.ended");
    wrong.put("retention: {ended: 4000d}", "retention.ended");
    wrong.put("retention: {maxEnded: -5}", "retention.maxEnded");
    wrong.put("retention: {maxEvents: 0}", "retention.maxEvents");
    wrong.put("retention: {deadLetters: soon}", "retention.deadLetters");
    wrong.put("retention: {silentWorkers: 0s}", "retention.silentWorkers");
    wrong.put("retention: {audit: 0s}", "retention.audit");
    wrong.put("retention: {forEver: true}", "retention.forEver");
    wrong.put("publicFamily: {embeds: maybe}", "publicFamily.embeds");
    wrong.put("publicFamily: {embeds: true}", "embeds: true needs idSalt");
    wrong.put("rates: {anonymous: {perSecond: -1}}", "rates.anonymous.perSecond");
    wrong.put("rates: {credential: {burst: many}}", "rates.credential.burst");
    wrong.put("rates: {registration: null}", "rates.registration");
    wrong.put("rates: {key: {burst: 1}}", "rates.key");
    String form = "publicUrl must be as https://sluice.example.com";
    for (String url :
        List.of("sluice", "ftp://s", "https://s/path", "https://s?q", "https://a@s", "https://[")) {
      wrong.put("edge: {publicUrl: '" + url + "'}", form);
    }
    wrong.put("edge: {allowedHosts: [sluice]}", "allowedHosts counts with publicUrl only");
    for (String proxy : List.of("proxy", "10.0.0.0/33", "10.0.0", "::1/129", "10.0.0.0/x", "")) {
      wrong.put("edge: {trustedProxies: ['" + proxy + "']}", "trustedProxies must be addresses");
    }
    wrong.put("edge: {hsts: -1s}", "edge.hsts");
    wrong.put("adminConnector: {task: true}", "adminConnector.task");
    wrong.put(
        "server: {applicationConnectors: [{type: http, useForwardedHeaders: true}]}",
        "name the proxies in edge.trustedProxies");
    wrong.put("publicFamily: {salt: pepper}", "publicFamily.salt");
    wrong.forEach(
        (block, key) ->
            assertThatThrownBy(() -> read("backend: {type: redis}\n" + block), block)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key));
  }

  @Test
  void operatorsAreReadAndWhatIsWrongWithOneIsNamed() throws Exception {
    String hash = PasswordHash.of("a password", 7).text();
    String kim = "{name: kim, role: viewer, org: default, passwordHash: \"" + hash + "\"}";
    assertThat(read(operators(kim)).operators())
        .containsExactly(new OperatorEntry("kim", hash, Role.VIEWER, "default"));
    assertThat(read(Files.readString(SHIPPED)).operators()).isEmpty();
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(kim.replace("name: kim, ", ""), "name is missing");
    wrong.put(kim.replace("role: viewer, ", ""), "role is missing");
    wrong.put(kim.replace("org: default, ", ""), "org is missing");
    wrong.put("{name: kim, role: viewer, org: default}", "passwordHash is missing");
    wrong.put(kim.replace("viewer", "owner"), "role must be viewer, operator or admin");
    wrong.put(kim.replace("org: default", "org: De fault"), "org of kim must match");
    wrong.put(kim.replace("sha256", "sha1"), "passwordHash of kim must have the form");
    wrong.put(kim.replace("role:", "colour: red, role:"), "colour");
    for (String name :
        List.of("''", "a:b", "a b", "\"a\\nb\"", "-kim", "\"a'b\"", "x".repeat(65))) {
      wrong.put(kim.replace("name: kim", "name: " + name), "name must");
    }
    wrong.put(kim.replace("kim", "Admin"), "admin is built in");
    wrong.put(kim + ", " + kim, "each name must be there once");
    wrong.forEach(
        (entry, problem) ->
            assertThatThrownBy(() -> read(operators(entry)), entry)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining(hash));
  }

  @Test
  void retriesAreReadAndWhatIsWrongWithOneIsNamed() throws Exception {
    String web = "{org: default, project: web, causes: {timeout: now}}";
    assertThat(read(retry(web)).retry())
        .containsExactly(new RetryEntry("default", "web", Map.of("timeout", Remedy.NOW)));
    Map<String, String> wrong = new LinkedHashMap<>();
    for (String missing : List.of("org: default, ", "project: web, ", ", causes: {timeout: now}")) {
      wrong.put(web.replace(missing, ""), "retry: org, project and causes must be there");
    }
    wrong.put(web.replace("default", "De fault"), "retry: org must match");
    wrong.put(web.replace("web", "''"), "retry: project ");
    wrong.put(web.replace("now", "soon"), "retry: timeout of web must be one of: never, now,");
    wrong.put(web.replace("now", ""), "retry: timeout of web must be one of");
    wrong.put(web.replace("timeout", "agent-blocked"), "agent-blocked of web is for people");
    wrong.put(web.replace("timeout", "lease-lost"), "lease-lost of web is a cause of Sluice's own");
    wrong.put(web + ", " + web, "retry: each project must be there once");
    wrong.forEach(
        (entry, problem) ->
            assertThatThrownBy(() -> read(retry(entry)), entry)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem));
  }

  private static String retry(String entries) {
    return "backend: {type: redis}\nretry: [" + entries + "]";
  }

  @Test
  void weakSecretsAreRefusedByNameAndRule() {
    String keys = "must have at least 16 characters";
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("apiKey: rsk_live_", "credentials.apiKey (SLUICE_API_KEY) " + keys);
    wrong.put("apiKey: rsk_live_123456789012345", "after rsk_live_");
    wrong.put("apiKey: rsk_live_" + "a".repeat(40), "at least 4 different characters");
    wrong.put("apiKey: a-key-of-another-kind-0123456789", "must begin with rsk_live_");
    wrong.put(
        "registrationToken: rsk_live_1",
        "credentials.registrationToken (SLUICE_REGISTRATION_TOKEN) " + keys);
    wrong.put("registrationToken: rsp_live_1", "after rsp_live_");
    wrong.put("legacyKey: x", "credentials.legacyKey (WORKER_API_KEY) " + keys);
    wrong.put("legacyKey: " + "x".repeat(40), "at least 4 different characters");
    wrong.put("adminPassword: a", "credentials.adminPassword (SLUICE_ADMIN_PASSWORD) must have");
    wrong.put("adminPassword: aaaaaaaaaaaa", "at least 2 different characters");
    wrong.put("jwtSecret: " + "a".repeat(32), "(SLUICE_JWT_SECRET) must have at least 8 different");
    wrong.put("jwtSecret: 0123456789abcdef", "at least 32 characters");
    wrong.put("previousJwtSecrets: [short]", "credentials.previousJwtSecrets");
    wrong.forEach(
        (secret, problem) ->
            assertThatThrownBy(
                    () -> read("backend: {type: redis}\ncredentials: {" + secret + "}"), secret)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("aaaaaaa")
                .hasMessageNotContaining("0123456789"));
  }

  private static String operators(String entries) {
    return "backend: {type: redis}\noperators: [" + entries + "]";
  }

  private static SluiceConfiguration read(String yaml) throws IOException, ConfigurationException {
    return new ConfigurationReader<>(
            SluiceConfiguration.class, Validators.newValidator(), Json.mapper(), "dw-of-no-test")
        .build(
            new SubstitutingSourceProvider(
                path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                Variables.ofProcess().substitutor()),
            "config.yml");
  }
}
