package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;

abstract class PublicCalls {

  static final PublicIds IDS = new PublicIds(null);

  protected abstract SluiceServer server();

  TestWorker worker(String project) {
    return server()
        .register("{\"hostname\":\"h\",\"capacity\":20,\"projects\":[\"" + project + "\"]}");
  }

  void claimed(TestWorker worker, String tag, String name) {
    server().enqueue(item(tag + name, tag, ""));
    assertThat(TestWorker.claimed(worker.poll())).contains(tag + name);
  }

  JsonNode get(String path) {
    Answer answer = server().get(path, API_KEY);
    assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return StrictJson.read(answer);
  }

  static String item(String id, String project, String more) {
    return "{\"sessionId\":\""
        + id
        + "\",\"issueIdentifier\":\"E-"
        + id
        + "\",\"prompt\":\"p\",\"projectName\":\""
        + project
        + "\""
        + more
        + "}";
  }
}
