package dev.sluice.service.http.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.Shape;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests of the real clients, and the members that they decode: {@code fixtures/<client>/}, as
 * {@link ClientFixture} and {@link Shape}.
 */
public abstract class ClientFixtures {

  protected abstract SluiceServer server();

  @TestFactory
  Stream<DynamicTest> clientsDecodeWhatTheyAreAnswered() {
    return ClientFixture.all().stream()
        .map(fixture -> dynamicTest(fixture.name(), () -> check(fixture)));
  }

  private void check(ClientFixture fixture) {
    try (Scene scene = new Scene(server(), fixture)) {
      Answer answer = scene.send(fixture);
      assertThat(answer.status())
          .as("%s: %s", fixture.name(), answer.body())
          .isEqualTo(fixture.status());
      JsonNode json = StrictJson.read(answer);
      for (Map.Entry<String, String> decoded : fixture.decodes().entrySet()) {
        String pointer = scene.fill(decoded.getKey());
        Shape.of(scene.fill(decoded.getValue()))
            .check(json.at(pointer), fixture.name() + " " + pointer);
      }
    }
  }
}
