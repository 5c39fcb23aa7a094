package dev.sluice.backend.tck;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work of a case: {@code work("a").priority(2).project("web")}.
 *
 * <p>Defaults: priority 3, no project, no required capabilities, and one enqueue time for all, so
 * that id decides the order.
 */
public final class WorkBuilder {

  /** Default enqueue time, epoch ms. */
  public static final long QUEUED_AT = new MovableClock().now() - 60_000;

  private final String id;
  private String issue;
  private String issueIdentifier;
  private String project = NewWork.ANY_PROJECT;
  private List<String> capabilities = List.of();
  private @Nullable String repository;
  private int priority = 3;
  private long queuedAt = QUEUED_AT;
  private long notBefore;
  private long deadline;
  private List<String> publicIds = List.of();
  private String content;
  private String item;
  private Subject subject;
  private @Nullable Idempotency idempotency;

  private WorkBuilder(String id) {
    this.id = id;
    issue = "issue of " + id;
    issueIdentifier = "ISSUE-" + id;
    content = "content of " + id;
    item = "{\"sessionId\":\"" + id + "\"}";
    subject = new Subject("Title of " + id, "", "");
  }

  public static WorkBuilder work(String id) {
    return new WorkBuilder(id);
  }

  /** Ids {@code <prefix>001}, {@code <prefix>002} and so on, in that order. */
  public static WorkBuilder[] works(String prefix, int count) {
    String digits = "%0" + Math.max(3, String.valueOf(count).length()) + "d";
    return Stream.iterate(1, n -> n + 1)
        .limit(count)
        .map(n -> work(prefix + String.format(digits, n)))
        .toArray(WorkBuilder[]::new);
  }

  public static WorkBuilder[] works(String prefix, int count, UnaryOperator<WorkBuilder> change) {
    return Stream.of(works(prefix, count)).map(change).toArray(WorkBuilder[]::new);
  }

  public String id() {
    return id;
  }

  /** Each item has its own by default. */
  public WorkBuilder issue(String issueId) {
    issue = issueId;
    return this;
  }

  public WorkBuilder identifier(String name) {
    issueIdentifier = name;
    return this;
  }

  public WorkBuilder project(String name) {
    project = name;
    return this;
  }

  public WorkBuilder needs(String... required) {
    capabilities = List.of(required);
    return this;
  }

  public WorkBuilder on(String cloneUrl) {
    repository = Objects.requireNonNull(Repositories.of(cloneUrl));
    return this;
  }

  public WorkBuilder priority(int value) {
    priority = value;
    return this;
  }

  public WorkBuilder queuedAt(long epochMs) {
    queuedAt = epochMs;
    return this;
  }

  public WorkBuilder notBefore(long epochMs) {
    notBefore = epochMs;
    return this;
  }

  public WorkBuilder deadline(long epochMs) {
    deadline = epochMs;
    return this;
  }

  /** Sets public ids. */
  public WorkBuilder called(String... names) {
    publicIds = List.of(names);
    return this;
  }

  public WorkBuilder content(String hash) {
    content = hash;
    return this;
  }

  public WorkBuilder item(String json) {
    item = json;
    return this;
  }

  public WorkBuilder about(Subject given) {
    subject = given;
    return this;
  }

  public WorkBuilder bearing(String key, int part, String body) {
    idempotency = new Idempotency(key, part, body);
    return this;
  }

  public NewWork build() {
    return new NewWork(
        id,
        issue,
        issueIdentifier,
        project,
        capabilities.stream().sorted(Names::compareBytes).toList(),
        repository,
        priority,
        queuedAt,
        notBefore,
        deadline,
        publicIds,
        content,
        item,
        subject,
        idempotency);
  }
}
