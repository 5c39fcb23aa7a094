package dev.sluice.service.api.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemMembersTest {

  private static final String SOURCE = "\"source\":{\"repository\":\"https://h/o/api.git\"}";
  private static final String PRIMARY = "{" + SOURCE + ",\"role\":\"primary\"}";

  @Test
  void storedItemsAreCheckedWithWhatWasFilledIn() {
    assertThat(ItemMembers.unreadable("{}")).isNull();
    assertThat(ItemMembers.unreadable("")).as("of a lost item").isNull();
    assertThat(ItemMembers.unreadable("{\"priority\":3,\"queuedAt\":5,\"issueId\":null}")).isNull();
    assertThat(ItemMembers.unreadable("{\"priority\":\"3\"}"))
        .isEqualTo("priority must be a whole number of 64 bits");
    assertThat(ItemMembers.unreadable("{\"issueId\":3}")).isEqualTo("issueId must be a string");
    assertThat(ItemMembers.unreadable("{\"SessionId\":\"s\"}"))
        .isEqualTo("SessionId differs from sessionId by case only");
    assertThat(ItemMembers.unreadable("{\"a\":1e999}"))
        .isEqualTo("a holds a number beyond the range of a double");
    assertThat(ItemMembers.unreadable("[]")).isEqualTo("The body must be a JSON object");
  }

  @Test
  void aDeclarationOfRepositoriesMayBeShort() {
    for (String good :
        List.of(
            "null",
            declaration(PRIMARY, ""),
            declaration(PRIMARY + ",{\"name\":\"docs\"," + SOURCE + ",\"role\":\"context\"}", ""),
            declaration(
                "{\"source\":{\"repository\":\"git@h:o/api.git\"},\"role\":\"primary\"}", ""),
            declaration("{\"source\":{\"repository\":\"/srv/api/\"},\"role\":\"primary\"}", ""),
            declaration(
                "{\"name\":\"a\",\"source\":{\"repository\":\"https://h/o?a=%20#b\"},"
                    + "\"role\":\"primary\",\"authority\":\"read-only\"}",
                ""),
            declaration(
                "{\"source\":{\"repository\":\"o/api\",\"paths\":[\"a/../b\",\"./c/\"]},"
                    + "\"Role\":\"primary\",\"authority\":null}",
                ""),
            declaration(PRIMARY, "null"),
            declaration(PRIMARY, "{\"kind\":\"primary\"}"),
            declaration(PRIMARY, "{\"kind\":\"all\"}"),
            declaration(PRIMARY, "{\"kind\":\"role\",\"role\":\"primary\"}"),
            declaration(PRIMARY, "{\"kind\":\"named\",\"name\":\"api\"}"))) {
      assertThat(problem(good)).as(good).isNull();
    }
  }

  @Test
  void aDeclarationOfRepositoriesMustBeValid() {
    String two = PRIMARY + ",{\"name\":\"docs\"," + SOURCE + ",\"role\":\"context\"}";
    wrong("{}", ".protocol must be session-root-v1");
    wrong("{\"protocol\":\"v2\"}", ".protocol must be session-root-v1");
    wrong("{\"protocol\":\"session-root-v1\"}", ".repositories must not be empty");
    wrong(declaration("", ""), ".repositories must not be empty");
    wrong(declaration("null", ""), ".repositories[0].source.repository is required");
    wrong(
        declaration("{\"source\":{\"repository\":\" \"}}", ""),
        ".repositories[0].source.repository is required");
    wrong(declaration("{" + SOURCE + "}", ""), ".repositories[0].role must be");
    wrong(declaration("{" + SOURCE + ",\"role\":\"main\"}", ""), ".repositories[0].role must be");
    wrong(
        declaration("{" + SOURCE + ",\"role\":\"primary\",\"authority\":\"all\"}", ""),
        ".repositories[0].authority must be");
    wrong(
        declaration("{" + SOURCE + ",\"role\":\"context\"}", ""),
        ".repositories must have one with the role primary");
    wrong(declaration(PRIMARY + "," + PRIMARY, ""), ".repositories[1].name is that of another");
    wrong(
        declaration(PRIMARY + ",{\"name\":\"API\"," + SOURCE + ",\"role\":\"context\"}", ""),
        ".repositories[1].name is that of another");
    for (String name : List.of(".git", "a b", "a/b", "-a", "..", "x".repeat(129), "ü")) {
      wrong(
          declaration("{\"name\":\"" + name + "\"," + SOURCE + ",\"role\":\"primary\"}", ""),
          ".repositories[0].name must be");
    }
    for (String unclear : List.of("https://h/o?a", "https://h/a%62", "https://h/.git", "a b")) {
      wrong(
          declaration("{\"source\":{\"repository\":\"" + unclear + "\"},\"role\":\"primary\"}", ""),
          ".repositories[0].name must be");
    }
    for (String path : List.of("", ".", "/a", "..", "../a", "a/../..", "a/..")) {
      wrong(
          declaration(
              "{\"source\":{\"repository\":\"api\",\"paths\":[\"a\",\"" + path + "\"]}}", ""),
          ".repositories[0].source.paths must hold");
    }
    for (String select :
        List.of(
            "{}",
            "{\"kind\":\"first\"}",
            "{\"kind\":\"all\"}",
            "{\"kind\":\"primary\",\"name\":\"api\"}",
            "{\"kind\":\"named\"}",
            "{\"kind\":\"named\",\"name\":\"Api\"}",
            "{\"kind\":\"named\",\"name\":\"api\",\"role\":\"primary\"}",
            "{\"kind\":\"role\",\"role\":\"secondary\"}",
            "{\"kind\":\"role\",\"role\":\"main\"}")) {
      wrong(declaration(two, select), ".select must select one of the repositories");
    }
    wrong(declaration(PRIMARY, "{\"kind\":\"all\",\"Kind\":\"all\"}"), ".select may have only");
  }

  private static String declaration(String repositories, String select) {
    return "{\"protocol\":\"session-root-v1\",\"repositories\":["
        + repositories
        + "]"
        + (select.isEmpty() ? "" : ",\"select\":" + select)
        + "}";
  }

  private static @Nullable String problem(String declaration) {
    return ItemMembers.unreadable("{\"repositoryDeclaration\":" + declaration + "}");
  }

  private static void wrong(String declaration, String problem) {
    assertThat(problem(declaration)).as(declaration).startsWith("repositoryDeclaration" + problem);
  }
}
