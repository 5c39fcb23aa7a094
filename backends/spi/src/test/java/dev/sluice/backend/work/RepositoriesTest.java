package dev.sluice.backend.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example/acme/parser.git",
        "https://git.example/acme/parser",
        "HTTPS://Git.Example/Acme/Parser.GIT",
        "http://git.example:8080/acme/parser.git/",
        "https://user:pass@word@git.example/acme/parser.git",
        "ssh://git@git.example:2222/acme/parser.git",
        "git@git.example:acme/parser.git",
        "git.example:acme/parser",
        "git.example:2222/acme/parser",
        "git.example/acme/parser",
        "git@git.example/acme/parser",
        "//git.example//acme/./parser/",
        " https://git.example/acme/parser.git ",
        "git.example\\acme\\parser"
      })
  void the_forms_of_a_clone_url_are_one_repository(String url) {
    assertThat(Repositories.of(url)).isEqualTo("parser/acme/git.example");
    assertThat(Repositories.shown(name(url))).isEqualTo("git.example/acme/parser");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "//",
        ".",
        "https://",
        "ssh://git@",
        "a\u0000b",
        "a\u007fb",
        "a\u001fb",
        "a\nb",
        "\ud83d"
      })
  void other_texts_name_none(String text) {
    assertThat(Repositories.of(text)).isNull();
    assertThat(Repositories.ofProject(text)).isNull();
  }

  @Test
  void a_text_of_more_than_1024_bytes_names_none() {
    assertThat(Repositories.of("a".repeat(1_024))).isNotNull();
    assertThat(Repositories.of("a".repeat(1_025))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".git", "a:", "-", "a/..", "~x/y", "file:///srv/x.git", "C:\\x", "[::1]:a"})
  void odd_names_are_names(String text) {
    assertThat(Repositories.of(text)).isNotNull();
    assertThat(Repositories.take(List.of(name(text)), name(text))).isTrue();
  }

  @Test
  void what_one_lacks_counts_in_neither() {
    String whole = "https://git.example/acme/parser";
    for (String other : List.of(whole, "acme/parser", "parser", "git.example/acme/parser")) {
      assertThat(takes(whole, other)).as(other).isTrue();
      assertThat(takes(other, whole)).as(other).isTrue();
    }
    for (String other :
        List.of(
            "https://git.test/acme/parser",
            "x/acme/parser",
            "other/parser",
            "parse",
            "par/ser",
            "acme",
            "acme/parser2",
            "git.example/acme")) {
      assertThat(takes(whole, other)).as(other).isFalse();
      assertThat(takes(other, whole)).as(other).isFalse();
    }
  }

  @Test
  void an_id_is_only_a_whole_repository() {
    List<String> listed = List.of(Objects.requireNonNull(Repositories.ofProject("parser")));

    assertThat(Repositories.take(listed, name("parser"))).isTrue();
    assertThat(Repositories.take(listed, name("acme/parser"))).isFalse();
  }

  private static boolean takes(String listed, String named) {
    return Repositories.take(List.of(name(listed)), name(named));
  }

  private static String name(String url) {
    return Objects.requireNonNull(Repositories.of(url));
  }
}
