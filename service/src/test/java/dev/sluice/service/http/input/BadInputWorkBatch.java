package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import java.util.Map;

/** A batch of one item, which is cancelled again. */
final class BadInputWorkBatch extends BadInputCall {

  private final SluiceServer server;

  BadInputWorkBatch(SluiceServer server) {
    super("POST /api/batches", 201);
    this.server = server;
  }

  @Override
  String path() {
    return "/api/batches";
  }

  @Override
  String bearer() {
    return API_KEY;
  }

  @Override
  Map<String, String> valid() {
    return Map.of("items", "[{\"prompt\":\"p\",\"projectName\":\"bad-input\"}]");
  }

  @Override
  List<BadInputField> fields() {
    return List.of(of("items", elements -> 400).required(), of("priority", BadInputKind.IGNORED));
  }

  @Override
  int mostBytes() {
    return 8 * 1024 * 1024;
  }

  @Override
  String kept(Answer answer) {
    String session = answer.text("/batchId") + ".0";
    assertThat(server.delete("/api/work/" + session, API_KEY).status()).isEqualTo(200);
    return "{}";
  }
}
