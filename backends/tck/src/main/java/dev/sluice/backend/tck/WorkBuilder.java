package dev.sluice.backend.tck;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.NewWork;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work as the cases write it: {@code work("a").priority(2).project("web")}.
 *
 * <p>What a case doesn't say: priority 3, no project, no required capabilities, and the same
 * enqueue time for all, so that work with nothing but ids is handed out by id.
 */
public final class WorkBuilder {

  /** The enqueue time of work that doesn't say when, epoch ms. */
  public static final long QUEUED_AT = new MovableClock().now() - 60_000;

  private final String id;
  private String issue;
  private String issueIdentifier;
  private String project = NewWork.ANY_PROJECT;
  private List<String> capabilities = List.of();
  private int priority = 3;
  private long queuedAt = QUEUED_AT;
  private long notBefore;
  private long deadline;
  private List<String> publicIds = List.of();
  private String content;
  private String item;
  private @Nullable Idempotency idempotency;

  private WorkBuilder(String id) {
    this.id = id;
    issue = "issue of " + id;
    issueIdentifier = "ISSUE-" + id;
    content = "content of " + id;
    item = "{\"sessionId\":\"" + id + "\"}";
  }

  public static WorkBuilder work(String id) {
    return new WorkBuilder(id);
  }

  /** Work with the ids {@code <prefix>001}, {@code <prefix>002} and so on, in that order. */
  public static WorkBuilder[] works(String prefix, int count) {
    String digits = "%0" + Math.max(3, String.valueOf(count).length()) + "d";
    return Stream.iterate(1, n -> n + 1)
        .limit(count)
        .map(n -> work(prefix + String.format(digits, n)))
        .toArray(WorkBuilder[]::new);
  }

  /** Work with such ids, each item changed. */
  public static WorkBuilder[] works(String prefix, int count, UnaryOperator<WorkBuilder> change) {
    return Stream.of(works(prefix, count)).map(change).toArray(WorkBuilder[]::new);
  }

  public String id() {
    return id;
  }

  /** The issue that it shares with other work; by itself each has one of its own. */
  public WorkBuilder issue(String issueId) {
    issue = issueId;
    return this;
  }

  /** The issue's name for people. */
  public WorkBuilder identifier(String name) {
    issueIdentifier = name;
    return this;
  }

  public WorkBuilder project(String name) {
    project = name;
    return this;
  }

  public WorkBuilder needs(String... required) {
    capabilities = Stream.of(required).sorted(Names::compareBytes).toList();
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

  /** Other names under which it is found. */
  public WorkBuilder called(String... names) {
    publicIds = List.of(names);
    return this;
  }

  /** Hash of the content, which tells a repeat from other content. */
  public WorkBuilder content(String hash) {
    content = hash;
    return this;
  }

  public WorkBuilder item(String json) {
    item = json;
    return this;
  }

  /** Sets the idempotency key of the call, and its content. */
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
        capabilities,
        priority,
        queuedAt,
        notBefore,
        deadline,
        publicIds,
        content,
        item,
        idempotency);
  }
}
