package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.contract.QueueBackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KitTest {

  @Test
  void every_file_of_cases_is_run() throws IOException {
    List<String> run =
        nested(QueueBackendContract.class)
            .flatMap(KitTest::nested)
            .map(cases -> cases.getSimpleName() + ".java")
            .toList();

    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(run)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith("Cases.java"))
                  .toList());
    }
  }

  private static Stream<Class<?>> nested(Class<?> contract) {
    return Stream.of(contract.getDeclaredClasses())
        .filter(type -> type.isAnnotationPresent(Nested.class))
        .map(Class::getSuperclass);
  }
}
