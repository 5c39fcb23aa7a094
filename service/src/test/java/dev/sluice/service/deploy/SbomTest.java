package dev.sluice.service.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.tck.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** {@code deploy/sbom.sh} on lists as CycloneDX writes them. */
class SbomTest {

  @TempDir private Path directory;

  @Test
  void partsThatOthersHoldAreAdded() throws Exception {
    Programs.needed("install gawk or mawk", "awk");
    Path json =
        Files.writeString(
            directory.resolve("a.json"),
            """
            {
              "metadata" : {
                "tools" : {
                  "components" : [
                    {"name" : "maven"}
                  ]
                }
              },
              "components" : [
                {
                  "name" : "hazelcast"
                }
              ]
            }
            """);
    Path xml =
        Files.writeString(
            directory.resolve("a.xml"),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <bom>
              <components>
                <component type="library">
                  <name>hazelcast</name>
                </component>
              </components>
            </bom>
            """);
    assertThat(run("../NOTICE", json.toString(), xml.toString())).isEmpty();

    JsonNode components = new ObjectMapper().readTree(json.toFile()).path("components");
    Set<String> refs = new HashSet<>(components.findValuesAsText("bom-ref"));
    assertThat(refs).hasSize(components.size() - 1).hasSizeGreaterThan(15);
    assertThat(components.findValuesAsText("purl"))
        .contains("pkg:maven/com.zaxxer/HikariCP@7.0.2?type=jar");
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    assertThat(document.getElementsByTagName("component").getLength()).isEqualTo(components.size());
  }

  @Test
  void anotherFormIsRefused() throws Exception {
    Path json = Files.writeString(directory.resolve("a.json"), "{\"components\":[]}");

    assertThat(run("../NOTICE", json.toString())).contains("has no list of components");

    assertThat(json).hasContent("{\"components\":[]}");
  }

  private static String run(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "../deploy/sbom.sh";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor() == 0).as(said).isEqualTo(said.isEmpty());
    return said;
  }
}
