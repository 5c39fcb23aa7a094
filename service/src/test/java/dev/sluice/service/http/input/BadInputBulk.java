package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many entries at once, each refused by itself. */
final class BadInputBulk extends BadInputCall {

  private final String path;
  private final String array;
  private final String single;

  /**
   * @param array the member that holds them
   * @param single a member of one of them; without the array the body is one
   */
  BadInputBulk(String path, String array, String single) {
    super("POST " + path + ", bulk", 200);
    this.path = path;
    this.array = array;
    this.single = single;
  }

  @Override
  String path() {
    return path;
  }

  @Override
  String bearer() {
    return API_KEY;
  }

  @Override
  Map<String, String> valid() {
    return Map.of(array, "[{}]");
  }

  @Override
  List<BadInputField> fields() {
    return List.of(
        of(array, elements -> oneToThousand(elements) ? 200 : 400).required(),
        of("priority", BadInputKind.IGNORED));
  }

  @Override
  int mostBytes() {
    return 8 * 1024 * 1024;
  }

  @Override
  Set<String> otherNames() {
    return Set.of(single);
  }

  @Override
  String kept(Answer answer) {
    assertThat(answer.json().at("/results"))
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.at("/status").asInt()).isEqualTo(400));
    return "{}";
  }

  private static boolean oneToThousand(BadInputValue elements) {
    return elements.isArray()
        && (elements.parsed() == null
            || elements.parsed().size() >= 1 && elements.parsed().size() <= 1_000);
  }
}
