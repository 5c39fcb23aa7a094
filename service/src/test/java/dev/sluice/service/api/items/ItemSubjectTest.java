package dev.sluice.service.api.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.backend.work.Subject;
import dev.sluice.service.api.JsonBody;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ItemSubjectTest {

  static Stream<Arguments> items() {
    return Stream.of(
        arguments("'title':'T','prompt':'P','body':'B'", "T", "", ""),
        arguments("'prompt':'P','body':'B'", "P", "", ""),
        arguments("'body':'B'", "B", "", ""),
        arguments("'title':null,'prompt':'P'", "P", "", ""),
        arguments("'title':'','prompt':'P'", "P", "", ""),
        arguments("'title':' \\n\\u200b\\ufeff','prompt':'P'", "P", "", ""),
        arguments("'title':7,'prompt':['P']", "", "", ""),
        arguments("'issueIdentifier':'ENG-1'", "", "", ""),
        arguments("'prompt':'\\r\\n\\t first \\r\\nsecond'", "first", "", ""),
        arguments("'prompt':'a \\\\ \\/ \\b \\f \\u00e9 \\ud83d\\ude80'", "a \\ / é 🚀", "", ""),
        arguments("'prompt':'lone \\ud800 end'", "lone end", "", ""),
        arguments("'prompt':'say \\'hi\\''", "say 'hi'", "", ""),
        arguments("'prompt':'ends in \\\\'", "ends in \\", "", ""),
        arguments("'title':'" + "x".repeat(5_000) + "'", "x".repeat(197) + "…", "", ""),
        arguments("'prompt':'" + "x".repeat(5_000) + "'", "x".repeat(77) + "…", "", ""),
        arguments("'branch':'b','ref':'r'", "", "b", ""),
        arguments("'ref':'r','baseRef':'x'", "", "r", ""),
        arguments("'model':'m','resolvedProfile':{'model':'p'}", "", "", "m"),
        arguments(
            "'resolvedProfile':{'runner':'x','model':'p'},'modelProfile':{'model':'q'}",
            "",
            "",
            "p"),
        arguments("'resolvedProfile':{'model':null},'modelProfile':{'model':'q'}", "", "", "q"),
        arguments("'resolvedProfile':null,'modelProfile':[1]", "", "", ""));
  }

  @ParameterizedTest
  @MethodSource("items")
  void membersOfAnItemMakeItsSubject(String members, String title, String branch, String model) {
    boolean given = members.matches("'title':'[Tx].*");
    String json = "{" + members.replace("\\'", "\\$").replace('\'', '"') + "}";

    assertThat(ItemSubject.of(JsonBody.parse(json.replace("\\$", "\\\""))))
        .isEqualTo(
            new Subject(title.replace('\'', '"'), branch, model, !title.isEmpty() && !given));
  }
}
