package dev.sluice.service.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The README's first command compiles no test, so no module may need another one's tests then. */
class JarAloneTest {

  private static final String SKIPPED = "maven.test.skip";

  @Test
  void theReadmeBuildsTheJarWithoutTests() throws Exception {
    assertThat(Files.readString(Path.of("../README.md"))).contains("mvn -q -D" + SKIPPED);
  }

  @Test
  void modulesNeedTestsOfOthersOnlyWhereTestsAreCompiled() throws Exception {
    List<Path> poms = poms();
    assertThat(poms).hasSizeGreaterThan(9);
    for (Path pom : poms) {
      for (Element dependency : elements(read(pom), "dependency")) {
        if (isOfTests(dependency) && !isManaged(dependency)) {
          Element profile = above(dependency, "profile");
          assertThat(profile).as("%s: %s", pom, text(dependency, "artifactId")).isNotNull();
          assertThat(text(profile, "name")).as("%s", pom).isEqualTo(SKIPPED);
          assertThat(text(profile, "value")).as("%s", pom).isEqualTo("!true");
        }
      }
    }
  }

  /** All poms but those of the kit and the faults, which are only built with the tests. */
  private static List<Path> poms() throws IOException {
    try (Stream<Path> backends = Files.list(Path.of("../backends"))) {
      return Stream.concat(
              Stream.of(
                      "../pom.xml",
                      "pom.xml",
                      "../admin-ui/pom.xml",
                      "../clients/java/pom.xml",
                      "../tools/bench/pom.xml")
                  .map(Path::of),
              backends
                  .filter(module -> !module.endsWith("tck") && !module.endsWith("faults"))
                  .map(module -> module.resolve("pom.xml"))
                  .filter(Files::exists))
          .toList();
    }
  }

  private static boolean isOfTests(Element dependency) {
    return text(dependency, "groupId").equals("dev.sluice")
        && (text(dependency, "type").equals("test-jar")
            || text(dependency, "artifactId").equals("sluice-tck"));
  }

  private static boolean isManaged(Element dependency) {
    return above(dependency, "dependencyManagement") != null;
  }

  private static Element above(Element element, String name) {
    for (Object each = element.getParentNode(); each instanceof Element parent; ) {
      if (parent.getTagName().equals(name)) {
        return parent;
      }
      each = parent.getParentNode();
    }
    return null;
  }

  private static Document read(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  private static List<Element> elements(Document pom, String name) {
    NodeList found = pom.getElementsByTagName(name);
    return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
        .map(i -> (Element) found.item(i))
        .toList();
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
