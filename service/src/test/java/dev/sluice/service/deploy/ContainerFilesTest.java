package dev.sluice.service.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The image, {@code compose.yaml} and the Kubernetes manifests against each other and config.yml.
 */
class ContainerFilesTest {

  private static final String EMBEDDED = "deploy/kubernetes/embedded.yaml";
  private static final String REDIS = "deploy/kubernetes/redis.yaml";
  private static final Pattern OVERRIDE = Pattern.compile("-Ddw\\.(\\S+?)=(\\S+)");
  private static final Map<String, String> VERSIONS =
      Map.of(
          "Service", "v1",
          "StatefulSet", "apps/v1",
          "Deployment", "apps/v1",
          "PodDisruptionBudget", "policy/v1",
          "NetworkPolicy", "networking.k8s.io/v1");

  @Test
  void composeTakesSecretsThatAreMadeForItAndNothingElse() throws IOException {
    JsonNode compose = DeployFile.yaml("deploy/compose.yaml");
    Set<String> made = madeSecrets();
    compose
        .at("/secrets")
        .properties()
        .forEach(
            secret ->
                assertThat(secret.getValue().at("/file").asText())
                    .isEqualTo("secrets/" + secret.getKey()));
    assertThat(names(compose.at("/secrets"))).isEqualTo(made);
    for (JsonNode service : compose.at("/services")) {
      Set<String> mounted = texts(service.at("/secrets"));
      assertThat(made).containsAll(mounted);
      for (Map.Entry<String, JsonNode> variable : service.at("/environment").properties()) {
        checkVariable(variable.getKey(), variable.getValue().asText(), "/run/secrets/", mounted);
      }
    }
  }

  @Test
  void composeRunsTheImageReadOnlyWithItsDataInAVolume() throws IOException {
    JsonNode compose = DeployFile.yaml("deploy/compose.yaml");
    assertThat(names(compose.at("/services")))
        .containsExactlyInAnyOrder("sluice", "sluice-on-valkey", "valkey");
    for (String name : List.of("sluice", "sluice-on-valkey")) {
      JsonNode service = compose.at("/services/" + name);
      assertThat(service.at("/volumes/0").asText()).endsWith(":" + instruction("VOLUME"));
      assertThat(service.at("/ports/0").asText()).endsWith(":" + port("application"));
      assertThat(instruction("HEALTHCHECK")).contains(service.at("/healthcheck/test/1").asText());
    }
    for (JsonNode service : compose.at("/services")) {
      assertThat(service.at("/restart").asText()).isEqualTo("unless-stopped");
      assertThat(service.at("/read_only").asBoolean()).isTrue();
      assertThat(texts(service.at("/cap_drop"))).containsExactly("ALL");
      assertThat(service.has("cap_add")).isFalse();
      assertThat(texts(service.at("/security_opt"))).containsExactly("no-new-privileges:true");
      assertThat(service.at("/mem_limit").asText()).matches("\\d+[mg]");
    }
    assertThat(compose.at("/services/valkey/command").toString())
        .contains("\"--appendonly\",\"yes\",\"--appendfsync\",\"always\"")
        .contains("\"--maxmemory-policy\",\"noeviction\"");
  }

  /** The build goes on after those failures alone by which aot.sh says that the server is well. */
  @ParameterizedTest
  @CsvSource({"0, 0, -XX:AOTCache=", "3, 0, ''", "1, 1,"})
  void anImageIsMadeWithoutTheCacheToo(
      int ofScript, int ofBuild, @Nullable String options, @TempDir Path share) throws Exception {
    Path script = Files.writeString(share.resolve("aot.sh"), "#!/bin/sh\nexit " + ofScript);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path tool = Files.writeString(share.resolve("sluice-bench.jar"), "x");
    String step = trainingStep().replace("/usr/share/sluice/", share + "/");
    assertThat(new ProcessBuilder("sh", "-c", step).start().waitFor()).isEqualTo(ofBuild);
    Path written = share.resolve("java.options");
    if (options == null) {
      assertThat(written).doesNotExist();
    } else {
      assertThat(Files.readString(written).strip())
          .isEqualTo(options.isEmpty() ? "" : options + share + "/sluice.aot");
      assertThat(script).doesNotExist();
      assertThat(tool).doesNotExist();
    }
    assertThat(DeployFile.text("deploy/Containerfile"))
        .contains("ENTRYPOINT [\"java\", \"@/usr/share/sluice/java.options\", ")
        .doesNotContain("ENTRYPOINT [\"java\", \"-XX:AOTCache");
  }

  private static String trainingStep() throws IOException {
    String file = DeployFile.text("deploy/Containerfile");
    int begin = file.indexOf("code=0; /usr/share/sluice/aot.sh");
    return file.substring(begin, file.indexOf("\n\n", begin));
  }

  @Test
  void valkeyIsHealthyOnceItAnswersWithThePassword() throws IOException {
    String check =
        DeployFile.yaml("deploy/compose.yaml").at("/services/valkey/healthcheck/test/1").asText();
    assertThat(check)
        .contains("REDISCLI_AUTH=$$(sed -n 's/^requirepass //p' /run/secrets/valkey.conf)")
        .endsWith("| grep -qx PONG");
    assertThat(DeployFile.text("deploy/secrets.sh")).contains("echo \"requirepass ");
  }

  @ParameterizedTest
  @ValueSource(strings = {EMBEDDED, REDIS})
  void manifestsFitTheServiceAndTheImage(String path) throws IOException {
    JsonNode workload = null;
    List<JsonNode> documents = DeployFile.documents(path);
    for (JsonNode document : documents) {
      String kind = document.at("/kind").asText();
      assertThat(document.at("/apiVersion").asText()).isEqualTo(VERSIONS.get(kind));
      assertThat(document.at("/metadata/name").asText()).isEqualTo("sluice");
      if (document.at("/spec").has("template")) {
        workload = document;
      }
    }
    assertThat(workload).isNotNull();
    JsonNode template = workload.at("/spec/template");
    JsonNode labels = template.at("/metadata/labels");
    for (JsonNode document : documents) {
      boolean policy = document.at("/kind").asText().equals("NetworkPolicy");
      JsonNode selector = document.at(policy ? "/spec/podSelector" : "/spec/selector");
      assertThat(selector.has("matchLabels") ? selector.at("/matchLabels") : selector)
          .isEqualTo(labels);
    }
    assertThat(template.at("/metadata/annotations").findValuesAsText("prometheus.io/port"))
        .containsExactly(port("admin"));
    JsonNode pod = template.at("/spec");
    JsonNode user = pod.at("/securityContext");
    assertThat(user.at("/runAsUser").asText() + ":" + user.at("/runAsGroup").asText())
        .isEqualTo(instruction("USER"));
    checkContainer(pod.at("/containers/0"), volumes(workload));
    assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText())
        .isEqualTo(instruction("VOLUME"));
  }

  @ParameterizedTest
  @ValueSource(strings = {EMBEDDED, REDIS})
  void theAdminPortIsOpenToOneNamespace(String path) throws IOException {
    JsonNode policy =
        DeployFile.documents(path).stream()
            .filter(document -> document.at("/kind").asText().equals("NetworkPolicy"))
            .findAny()
            .orElseThrow();
    assertThat(texts(policy.at("/spec/policyTypes"))).containsExactly("Ingress");
    assertThat(policy.at("/spec/ingress/0/ports").findValuesAsText("port")).containsExactly("http");
    JsonNode admin = policy.at("/spec/ingress/1");
    assertThat(admin.at("/ports").findValuesAsText("port")).containsExactly("admin");
    assertThat(admin.at("/from/0/namespaceSelector/matchLabels").size()).isOne();
    assertThat(policy.at("/spec/ingress").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {EMBEDDED, REDIS})
  void theScaledObjectCallsTheService(String path) throws IOException {
    List<JsonNode> keda = DeployFile.documents("deploy/kubernetes/keda.yaml");
    JsonNode service = DeployFile.documents(path).get(0);
    JsonNode trigger = keda.get(1).at("/spec/triggers/0");
    assertThat(trigger.at("/metadata/url").asText())
        .startsWith(
            "http://%s:%s/api/autoscale?"
                .formatted(
                    service.at("/metadata/name").asText(),
                    service.at("/spec/ports/0/port").asText()));
    assertThat(trigger.at("/authenticationRef")).isEqualTo(named(keda.get(0)));
  }

  private static JsonNode named(JsonNode document) {
    return document.at("/metadata");
  }

  @Test
  void theEmbeddedStoreHasOneReplicaAndOthersADisruptionBudget() throws IOException {
    assertThat(DeployFile.documents(EMBEDDED).get(1).at("/spec/replicas").asInt()).isEqualTo(1);
    List<JsonNode> redis = DeployFile.documents(REDIS);
    assertThat(redis.get(1).at("/kind").asText()).isEqualTo("PodDisruptionBudget");
    assertThat(redis.get(2).at("/spec/replicas").asInt())
        .isGreaterThan(redis.get(1).at("/spec/maxUnavailable").asInt());
  }

  @Test
  void probesAreAnswered() throws IOException {
    Set<String> paths = new HashSet<>();
    List<String> overrides = new ArrayList<>();
    for (JsonNode document : DeployFile.documents(EMBEDDED)) {
      document.findValuesAsText("path").forEach(paths::add);
      for (JsonNode variable : document.at("/spec/template/spec/containers/0/env")) {
        overrides(variable.at("/value").asText()).forEach((k, v) -> overrides.add(k + "=" + v));
      }
    }
    assertThat(paths).containsExactlyInAnyOrder("/alive", "/ready");
    assertThat(overrides).containsExactly("server.adminConnectors[0].bindHost=0.0.0.0");
    try (SluiceServer server = SluiceServer.start("memory", overrides.toArray(String[]::new))) {
      for (String path : paths) {
        assertThat(server.adminGet(path).status()).isEqualTo(200);
      }
    }
  }

  private static void checkContainer(JsonNode container, Set<String> volumes) throws IOException {
    Map<String, String> ports = new LinkedHashMap<>();
    for (JsonNode port : container.at("/ports")) {
      ports.put(port.at("/name").asText(), port.at("/containerPort").asText());
    }
    assertThat(ports).isEqualTo(Map.of("http", port("application"), "admin", port("admin")));
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("admin");
    }
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    Set<String> mounted = new HashSet<>();
    for (JsonNode mount : container.at("/volumeMounts")) {
      mounted.add(mount.at("/name").asText());
    }
    assertThat(mounted).isEqualTo(volumes);
    for (JsonNode variable : container.at("/env")) {
      checkVariable(
          variable.at("/name").asText(),
          variable.at("/value").asText(),
          "/run/secrets/sluice/",
          madeSecrets());
    }
  }

  private static Set<String> volumes(JsonNode workload) {
    Set<String> names = new HashSet<>();
    for (JsonNode volume : workload.at("/spec/template/spec/volumes")) {
      names.add(volume.at("/name").asText());
    }
    for (JsonNode claim : workload.at("/spec/volumeClaimTemplates")) {
      names.add(claim.at("/metadata/name").asText());
    }
    return names;
  }

  private static void checkVariable(
      String name, String value, String directory, Set<String> secrets) throws IOException {
    if (name.equals("JDK_JAVA_OPTIONS")) {
      assertThat(overrides(value)).isNotEmpty();
      return;
    }
    assertThat(name).endsWith("_FILE");
    assertThat(DeployFile.text("config.yml"))
        .contains("${" + name.substring(0, name.length() - "_FILE".length()) + ":-");
    assertThat(value).startsWith(directory);
    assertThat(secrets).contains(value.substring(directory.length()));
  }

  private static Map<String, String> overrides(String options) {
    Map<String, String> overrides = new LinkedHashMap<>();
    OVERRIDE
        .matcher(options)
        .results()
        .forEach(override -> overrides.put(override.group(1), override.group(2)));
    return overrides;
  }

  /** The files that secrets.sh writes. */
  private static Set<String> madeSecrets() throws IOException {
    Set<String> names = new HashSet<>();
    Pattern.compile("> *([a-z.-]+)$", Pattern.MULTILINE)
        .matcher(DeployFile.text("deploy/secrets.sh"))
        .results()
        .forEach(file -> names.add(file.group(1)));
    return names;
  }

  /** The arguments of the last such line of the Containerfile. */
  private static String instruction(String name) throws IOException {
    List<MatchResult> lines =
        Pattern.compile("^" + name + " (.*)$", Pattern.MULTILINE)
            .matcher(DeployFile.text("deploy/Containerfile"))
            .results()
            .toList();
    return lines.get(lines.size() - 1).group(1);
  }

  private static String port(String connector) throws IOException {
    return DeployFile.yaml("config.yml").at("/server/" + connector + "Connectors/0/port").asText();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
