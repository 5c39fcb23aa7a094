package dev.sluice.service.api.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.work.NewWork;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkItemsTest {

  private final WorkItems items = new WorkItems(Clock.systemUTC(), new PublicIds(null));

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "🚀"})
  void anItemHasAtMostAMebibyteOfUtf8(String character) {
    String begin = "{\"prompt\":\"";
    int room = WorkItems.MAX_ITEM_BYTES - begin.length() - 2;
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    String most = begin + character.repeat(room / bytes) + "x".repeat(room % bytes);

    assertThat(read(most + "\"}").sessionId()).isEqualTo("session");
    assertThatThrownBy(() -> read(most + "x\"}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(String.valueOf(WorkItems.MAX_ITEM_BYTES));
  }

  private NewWork read(String item) {
    return items.read(JsonBody.parse(item), () -> "session", false, Map.of());
  }
}
