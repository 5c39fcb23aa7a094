package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls with one credential. Every answer must be JSON: some clients read nothing else. */
public record Calls(String url, String bearer) {

  public JsonNode get(String path) {
    return success(call("GET", path, null, Map.of()));
  }

  public JsonNode post(String path, String body) {
    return success(call("POST", path, body, Map.of()));
  }

  public JsonNode delete(String path) {
    return success(call("DELETE", path, null, Map.of()));
  }

  /** Makes a call that must be refused; returns the whole body, for its texts. */
  public String refused(int status, String method, String path, @Nullable String body) {
    Answer answer = call(method, path, body, Map.of());
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    return answer.body();
  }

  public Answer call(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    Answer answer = SluiceServer.send(request.build());
    StrictJson.read(answer);
    return answer;
  }

  private JsonNode success(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return StrictJson.read(answer);
  }
}
