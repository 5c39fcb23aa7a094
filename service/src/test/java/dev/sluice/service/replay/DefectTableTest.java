package dev.sluice.service.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each defect in {@code defects.txt} has a test, which runs on every backend. */
class DefectTableTest {

  private static final int DEFECTS = 35;
  private static final Pattern ROW = Pattern.compile("(?m)^(\\d+)\\. (.+)$");
  private static final Pattern NAMED = Pattern.compile("\\b(\\w+)#(\\w+)");

  @Test
  void everyDefectHasItsTest() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (MatchResult row : rows()) {
      numbers.add(Integer.valueOf(row.group(1)));
      List<MatchResult> tests = NAMED.matcher(row.group(2)).results().toList();
      assertThat(tests).as("tests of %s", row.group()).isNotEmpty();
      tests.forEach(test -> assertThat(isTest(test)).as(test.group()).isTrue());
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, DEFECTS).boxed().toList());
  }

  @Test
  void everyGroupOfTestsRunsOnEveryBackend() throws IOException {
    Set<String> named =
        rows().stream()
            .flatMap(row -> NAMED.matcher(row.group(2)).results())
            .map(test -> test.group(1))
            .collect(Collectors.toSet());
    Set<String> run = groups().map(Class::getSimpleName).collect(Collectors.toSet());
    assertThat(run).containsAll(named);
    assertThat(List.of(RedisReplayTest.class, EmbeddedReplayTest.class))
        .allMatch(ReplayContract.class::isAssignableFrom);
    assertThat(List.of(RedisProcessDefectsIT.class, EmbeddedProcessDefectsIT.class))
        .allMatch(ProcessDefectsContract.class::isAssignableFrom);
  }

  private static List<MatchResult> rows() throws IOException {
    try (InputStream table = DefectTableTest.class.getResourceAsStream("defects.txt")) {
      return ROW.matcher(new String(table.readAllBytes(), UTF_8)).results().toList();
    }
  }

  private static Stream<Class<?>> groups() {
    return Stream.concat(
        Stream.of(ReplayContract.class.getDeclaredClasses())
            .filter(group -> group.isAnnotationPresent(Nested.class))
            .map(Class::getSuperclass),
        Stream.of(ProcessDefectsContract.class));
  }

  private static boolean isTest(MatchResult named) {
    return groups()
        .filter(group -> group.getSimpleName().equals(named.group(1)))
        .flatMap(group -> Stream.of(group.getDeclaredMethods()))
        .anyMatch(
            method ->
                method.getName().equals(named.group(2)) && method.isAnnotationPresent(Test.class));
  }
}
