package dev.sluice.service.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.errors.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonTextTest {

  private static final int MAX = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{ \"a\" : -1.5e3 , \"b\":\"]}\\\"\" }",
        "{\"items\":[{\"a\":1}],\"b\":{\"items\":[[]]},\"c\":null,\"d\":true}",
        "{\"é😀\":\"\\u00e9 ü 😀\",\"b\":12}"
      })
  void an_object_in_a_list_is_read_as_alone(String object) {
    JsonBody alone = JsonBody.parse(object);
    for (String list : List.of("[%s]", "[ %s ,{\"z\":0}]", "[\n%s\n,[{}],%<s]")) {
      String body = "{\"ä\":7,\"items\": " + list.formatted(object) + " ,\"b\":[{}]}";

      JsonBody read = objects(body).get(0).orElseThrow();

      assertThat(read.text()).isEqualTo(object);
      assertThat(read.members()).isEqualTo(alone.members());
      assertThat(read.memberNames()).containsExactlyElementsOf(alone.memberNames());
    }
  }

  @Test
  void the_list_is_a_member_too() {
    String list = "[{\"a\":1}, 2 , {} ]";
    JsonBody body = bulk("{\"items\" : " + list + "}");

    assertThat(body.raw("items")).isEqualTo(list);
    assertThat(body.elements("items", 0, MAX)).containsExactly("{\"a\":1}", "2", "{}");
  }

  @Test
  void what_is_no_object_keeps_its_place() {
    assertThat(objects("{\"items\":[1,\"a\",{},null,[{}]]}"))
        .extracting(Optional::isPresent)
        .containsExactly(false, false, true, false, false);
  }

  @Test
  void a_list_is_of_a_size() {
    for (String list : List.of("[]", "[{},{},{},{},{}]", "[{},{},{},{},1,[2]]")) {
      assertThatThrownBy(() -> bulk("{\"items\":" + list + "}").objects("items", 1, MAX))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("must hold 1 to 4 entries");
    }
    for (String none : List.of("null", "{}", "1", "\"[{}]\"")) {
      assertThatThrownBy(() -> bulk("{\"items\":" + none + "}").objects("items", 1, MAX))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("must be an array of objects");
    }
  }

  @Test
  void repeated_members_and_bad_syntax_are_refused_in_a_list_too() {
    assertThatThrownBy(() -> bulk("{\"items\":[{\"a\":{\"b\":1,\"b\":2}}]}"))
        .isInstanceOf(ApiException.class)
        .hasMessage("items[0].a.b is given more than once");
    assertThatThrownBy(() -> bulk("{\"a\":[[],[1,{\"b\":1,\"b\":2}]]}"))
        .hasMessage("a[1][1].b is given more than once");
    assertThatThrownBy(() -> bulk("{\"a\":1,\"a\":2}")).hasMessage("a is given more than once");
    for (String bad : List.of("[{\"a\":1}", "[{\"a\":}]", "[{},]", "[{}] 1", "[01]")) {
      assertThatThrownBy(() -> bulk("{\"items\":" + bad + "}"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("Malformed JSON at line 1");
    }
  }

  @Test
  void members_are_filled_in_where_they_are_null_or_else_at_the_end() {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("id", "\"a longer one\"");
    more.put("n", "5");
    more.put("new", "{}");
    String text =
        "{ \"\u00e9\\n\":[{\"id\":null}], \"n\" :null,\"o\":{\"n\":null},\"\\u0069d\": null, \"z\":null }";

    JsonBody filled = JsonBody.parse(JsonBody.parse(text).with(more));

    assertThat(filled.text())
        .isEqualTo(
            "{ \"\u00e9\\n\":[{\"id\":null}], \"n\" :5,\"o\":{\"n\":null},\"\\u0069d\": \"a longer one\","
                + " \"z\":null ,\"new\":{}}");
    assertThat(JsonBody.parse("{\"a\":1}").with(more))
        .isEqualTo("{\"a\":1,\"id\":\"a longer one\",\"n\":5,\"new\":{}}");
    assertThat(JsonBody.parse(text).with(Map.of())).isEqualTo(text);
  }

  @Test
  void bodies_are_utf_8() {
    assertThat(JsonBody.of("{\"a\":\"\ufffd\"}".getBytes(UTF_8)).string("a")).isEqualTo("\ufffd");
    assertThatThrownBy(() -> JsonBody.of("{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("UTF-8");
  }

  private static List<Optional<JsonBody>> objects(String body) {
    return bulk(body).objects("items", 1, MAX + 1);
  }

  private static JsonBody bulk(String body) {
    return JsonBody.ofBulk(body.getBytes(UTF_8), "items", MAX);
  }
}
