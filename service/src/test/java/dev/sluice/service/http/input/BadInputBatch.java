package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.input.BadInputField.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One job of the batch lane, read back from a scanner's poll. */
final class BadInputBatch extends BadInputCall {

  private final TestWorker scanner;

  private BadInputBatch(SluiceServer server) {
    super("POST /api/batch-work", 201);
    this.scanner =
        server.register(
            "{\"hostname\":\"h\",\"projects\":[\"none\"],\"capabilities\":[\"code-survival-scan\"]}");
  }

  static List<BadInputCall> all(SluiceServer server) {
    return List.of(
        new BadInputBatch(server), new BadInputBulk("/api/batch-work", "jobs", "workType"));
  }

  @Override
  String path() {
    return "/api/batch-work";
  }

  @Override
  String bearer() {
    return API_KEY;
  }

  @Override
  Map<String, String> valid() {
    return Map.of("workType", "\"code-survival-scan\"");
  }

  @Override
  List<BadInputField> fields() {
    return List.of(
        of("batchJobId", inJob(BadInputKind.SESSION_ID)).bytes(),
        of("workType", inJob(BadInputKind.NAME)).required().bytes(),
        of("BATCHJOBID", inJob(BadInputKind.WORD)).notNull(),
        of("WorkType", inJob(BadInputKind.WORD)).notNull(),
        of("opaque", inJob(BadInputKind.ANY)).bytes(),
        of("__proto__", inJob(BadInputKind.ANY)).bytes());
  }

  /** A job is measured before it is parsed. */
  private static BadInputKind inJob(BadInputKind kind) {
    return value -> value.json().length() > 65_000 ? 413 : kind.status(value);
  }

  @Override
  Set<String> otherNames() {
    return Set.of("job");
  }

  @Override
  int mostBytes() {
    return 8 * 1024 * 1024;
  }

  @Override
  String kept(Answer answer) {
    String id = answer.text("/batchJobId");
    while (true) {
      Answer poll = scanner.poll();
      JsonNode jobs = poll.json().at("/batchWork");
      assertThat(jobs).as("%s is lost", id).isNotEmpty();
      for (JsonNode job : jobs) {
        if (job.at("/batchJobId").asText().equals(id)) {
          return poll.body();
        }
      }
    }
  }
}
