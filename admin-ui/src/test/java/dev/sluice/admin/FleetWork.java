package dev.sluice.admin;

import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Repositories;
import dev.sluice.backend.work.Subject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

public final class FleetWork {

  private final String id;
  private final Consumer<FleetWork> queue;
  private String issue;
  private String identifier;
  private String project = "payments";
  private List<String> needs = List.of();
  private @Nullable String repository;
  private int priority = 3;
  private long notBefore;
  private long deadline;
  private String item;
  private Subject subject = Subject.NONE;

  FleetWork(String id, Consumer<FleetWork> queue) {
    this.id = id;
    this.queue = queue;
    issue = id;
    identifier = id;
    item = "{\"sessionId\":\"x\",\"prompt\":\"do it\"}";
  }

  public FleetWork issue(String issueId) {
    issue = issueId;
    return this;
  }

  public FleetWork identifier(String name) {
    identifier = name;
    return this;
  }

  public FleetWork project(String name) {
    project = name;
    return this;
  }

  public FleetWork needs(String... capabilities) {
    needs = List.of(capabilities);
    return this;
  }

  public FleetWork on(String cloneUrl) {
    repository = Repositories.of(cloneUrl);
    return this;
  }

  public FleetWork priority(int value) {
    priority = value;
    return this;
  }

  public FleetWork notBefore(long epochMs) {
    notBefore = epochMs;
    return this;
  }

  public FleetWork deadline(long epochMs) {
    deadline = epochMs;
    return this;
  }

  public FleetWork about(String title, String branch, String model) {
    subject = new Subject(title, branch, model);
    return this;
  }

  /** As if the title were made from the prompt. */
  public FleetWork derived() {
    subject = new Subject(subject.title(), subject.branch(), subject.model(), true);
    return this;
  }

  public FleetWork item(String json) {
    item = json;
    return this;
  }

  public void enqueue() {
    queue.accept(this);
  }

  NewWork at(long queuedAtMs) {
    return new NewWork(
        id,
        issue,
        identifier,
        project,
        needs,
        repository,
        priority,
        queuedAtMs,
        notBefore,
        deadline,
        List.of("public-" + id),
        "hash of " + id,
        item,
        subject,
        null);
  }
}
