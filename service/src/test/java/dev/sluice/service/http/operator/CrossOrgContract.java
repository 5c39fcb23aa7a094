package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every call with the ids of another org is answered as for unknown ids, and changes nothing there.
 */
abstract class CrossOrgContract {

  private static final Pattern NAMED = Pattern.compile("\\{(\\w+)=(\\w+)}");

  protected abstract AuthEdge edge();

  @Test
  void theTableHasEveryCall() {
    Set<String> listed =
        CrossOrgCalls.ALL.stream()
            .map(call -> call.split(" ", 5))
            .map(part -> part[2] + " " + NAMED.matcher(part[3]).replaceAll("{$1}"))
            .map(call -> call.replaceFirst("\\?.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> served =
        edge()
            .server()
            .resources()
            .flatMap(CrossOrgContract::calls)
            // Pages know no key; DashboardContract holds them to the same.
            .filter(call -> !call.contains(" /admin"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).as("ApiCall.ALL, and CrossOrgCalls.MORE for HEAD").isEqualTo(served);
  }

  @TestFactory
  Stream<DynamicTest> idsOfAnotherOrgAreIdsThatNobodyHas() {
    CrossOrgScene scene = new CrossOrgScene(edge());
    return CrossOrgCalls.ALL.stream().map(call -> dynamicTest(call, () -> check(scene, call)));
  }

  private void check(CrossOrgScene scene, String call) {
    String before = scene.stored();
    Answer theirs = answer(call, scene, true);
    assertThat(theirs.status()).as(theirs.body()).isEqualTo(Integer.parseInt(call.split(" ")[1]));
    Answer nobodys = answer(call, scene, false);
    assertThat(theirs.status()).isEqualTo(nobodys.status());
    if (call.contains("{")) {
      assertThat(scene.masked(theirs.body())).isEqualTo(scene.masked(nobodys.body()));
    } else {
      assertThat(theirs.body()).as("it names nothing of the other org").doesNotContain(scene.tag());
    }
    assertThat(scene.stored()).as("the org is as it was").isEqualTo(before);
  }

  /** Called by an org that has made no call before. */
  private Answer answer(String call, CrossOrgScene scene, boolean theirs) {
    OpsOrg other = OpsOrg.of(edge());
    String filled = NAMED.matcher(call).replaceAll("{$2}");
    TestWorker own = call.matches("worker.*|.*\\{own}.*") ? other.worker("none", 1) : null;
    if (own != null) {
      filled = filled.replace("{own}", own.id());
    }
    String[] part = scene.filled(filled.replace("{token}", other.token()), theirs).split(" ", 5);
    String bearer =
        switch (part[0]) {
          case "user" -> other.key();
          case "token" -> other.token();
          default -> own == null ? "" : own.token();
        };
    return edge()
        .server()
        .call(part[2], part[3], bearer, part.length == 5 ? part[4] : null, java.util.Map.of());
  }

  private static Stream<String> calls(Class<?> resource) {
    String root = "/" + resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getMethods())
        .flatMap(
            method ->
                Arrays.stream(method.getAnnotations())
                    .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                    .filter(http -> http != null)
                    .map(
                        http -> {
                          Path path = method.getAnnotation(Path.class);
                          String whole = root + (path == null ? "" : "/" + path.value());
                          return http.value() + " " + whole.replaceAll("/+", "/");
                        }));
  }
}
