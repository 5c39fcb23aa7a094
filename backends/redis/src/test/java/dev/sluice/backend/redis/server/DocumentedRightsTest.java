package dev.sluice.backend.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation grants what the tests' user has, and no more. */
class DocumentedRightsTest {

  private static final Path DOCUMENT = Path.of("../../docs/redis.md");

  @Test
  void the_documented_user_is_the_one_of_the_tests() throws Exception {
    String document = Files.readString(DOCUMENT);
    String rules = document.substring(document.indexOf("ACL SETUSER"), document.indexOf("zscore"));
    Set<String> granted =
        Pattern.compile("\\+([a-z|]+)")
            .matcher(rules + "zscore")
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(granted).containsExactlyInAnyOrderElementsOf(AclRights.COMMANDS);
    assertThat(rules).contains(" ~{*}:* ", " -@all ");
  }
}
