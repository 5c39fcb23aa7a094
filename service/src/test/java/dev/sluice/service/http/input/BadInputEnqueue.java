package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static dev.sluice.service.http.input.BadInputKind.integer;
import static dev.sluice.service.http.input.BadInputKind.names;
import static dev.sluice.service.http.input.BadInputKind.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One item, read back from the poll of a worker that takes everything. */
final class BadInputEnqueue extends BadInputCall {
  private final SluiceServer server;
  private final TestWorker worker;

  BadInputEnqueue(SluiceServer server) {
    super("POST /api/work", 201);
    this.server = server;
    this.worker =
        server.register("{\"hostname\":\"h\",\"capacity\":100000,\"capabilities\":[\"a\"]}");
  }

  @Override
  String path() {
    return "/api/work";
  }

  @Override
  String bearer() {
    return API_KEY;
  }

  @Override
  Map<String, String> valid() {
    return Map.of("prompt", "\"p\"");
  }

  @Override
  int mostBytes() {
    return 8 * 1024 * 1024;
  }

  @Override
  List<BadInputField> fields() {
    long today = System.currentTimeMillis();
    Function<String, BadInputField> text = name -> of(name, BadInputKind.OPAQUE_TEXT).bytes();
    return List.of(
        of("sessionId", BadInputKind.SESSION_ID).bytes(),
        of("issueId", BadInputKind.NAME).bytes(),
        of("issueIdentifier", BadInputKind.NAME).bytes(),
        of("priority", integer(1, 9)).bytes(),
        of("queuedAt", integer(0, today)).bytes(),
        of("notBefore", BadInputKind.TIME).bytes(),
        of("deadline", BadInputKind.WORD), // all times here have passed
        of("prompt", BadInputKind.OPAQUE_TEXT).required().bytes(),
        of("workType", text()).bytes(),
        of("projectName", BadInputKind.NAME).bytes(),
        of("projectId", BadInputKind.NAME).bytes().instead("projectName"),
        of("requiredCapabilities", names(16)).bytes(),
        text.apply("providerSessionId"),
        text.apply("sourceSessionId"),
        of("repository", text()).bytes(),
        text.apply("model"),
        text.apply("subAgentModel"),
        text.apply("promptContext"),
        text.apply("linearSessionId"),
        text.apply("trackerSessionId"),
        of("kits", BadInputKind.OBJECT).bytes(),
        of("tenantEnvelope", BadInputKind.OBJECT).bytes(),
        of("env", BadInputKind.TEXTS).bytes(),
        of("resources", BadInputKind.RESOURCES).bytes(),
        of("maxDurationSeconds", integer(0, Long.MAX_VALUE)).bytes(),
        of("MaxDurationSeconds", integer(0, Long.MAX_VALUE)).bytes(),
        of("retry", BadInputKind.REMEDIES).bytes(),
        of("labels", BadInputKind.LABELS).bytes(),
        of("SESSIONID", BadInputKind.WORD).notNull(),
        of("opaque", BadInputKind.ANY).bytes(),
        of("__proto__", BadInputKind.ANY).bytes());
  }

  @Override
  String kept(Answer answer) {
    String id = answer.text("/sessionId");
    Answer poll = worker.poll();
    while (!TestWorker.claimed(poll).contains(id)) {
      assertThat(TestWorker.claimed(poll)).as("%s is lost", id).isNotEmpty();
      poll = worker.poll();
    }
    Answer end = worker.report(BadInputScene.encoded(id), "completed");
    assertThat(end.status()).as("%s can't be named in a path: %s", id, end).isEqualTo(200);
    return poll.body();
  }
}
