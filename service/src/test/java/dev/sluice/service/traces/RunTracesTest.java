package dev.sluice.service.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.Upkeep;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.metrics.Meters;
import dev.sluice.service.metrics.calls.MeteredBackend;
import dev.sluice.service.traces.CollectorStandIn.Received;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunTracesTest {

  private static final String ORG = "acme";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String TRACED =
      "\"traceparent\":\"00-" + TRACE + "-" + PARENT + "-01\",\"prompt\":\"a secret\"";
  private static final AuditNote BY = new AuditNote("ann", "a reason");

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);
  private final Meters meters = new Meters();
  private CollectorStandIn collector;
  private RunTraces traces;
  private int polls;

  @BeforeEach
  void start() throws IOException {
    collector = new CollectorStandIn();
    traces = traces(backend, 1);
    traces.round();
    register("w1");
  }

  @AfterEach
  void stop() {
    collector.close();
    backend.close();
  }

  private RunTraces traces(QueueBackend store, double sampleRatio) {
    return traces(store, sampleRatio, Duration.ofSeconds(20));
  }

  private RunTraces traces(QueueBackend store, double sampleRatio, Duration longest) {
    TraceBlock block = new TraceBlock();
    block.endpoint = collector.endpoint();
    block.headers = "Authorization=Bearer a=b, X-Tenant=7";
    block.serviceName = "sluice-eu";
    return new RunTraces(store, new OtlpCollector(block), sampleRatio, meters, longest);
  }

  @Test
  void aRunIsOneTraceFromItsEnqueueToItsEnd() {
    long queued = clock.now();
    enqueue("a", TRACED + ",\"agentCardName\":\"Fixer\",\"model\":\"opus\"");
    long claimed = pass(5_000);
    poll("w1");
    long started = pass(1_000);
    report("w1", SessionState.RUNNING, null, Map.of());
    long sent = pass(1_000);
    Message message = send("a");
    long acknowledged = pass(2_000);
    backend.inboxes().ack(ORG, "a", message.id(), Lane.NORMAL, null);
    long ended = pass(60_000);
    report(
        "w1",
        SessionState.COMPLETED,
        null,
        Map.of(
            "provider", "\"claude\"",
            "inputTokens", "1200",
            "outputTokens", "34",
            "summary", "\"a secret\""));

    Map<String, Received> spans = round(4);

    assertThat(spans)
        .containsOnlyKeys("wait web", "invoke_agent Fixer", "accept web", "deliver nudge");
    assertThat(spans.values()).extracting(Received::traceId).containsOnly(TRACE);
    assertThat(spans.values()).extracting(Received::id).doesNotHaveDuplicates();
    Received wait = spans.get("wait web");
    Received run = spans.get("invoke_agent Fixer");
    lasts(wait, queued, claimed);
    lasts(run, claimed, ended);
    lasts(spans.get("accept web"), claimed, started);
    lasts(spans.get("deliver nudge"), sent, acknowledged);
    assertThat(wait.parentId()).isEqualTo(PARENT);
    assertThat(run.parentId()).isEqualTo(wait.id());
    assertThat(spans.get("accept web").parentId()).isEqualTo(run.id());
    assertThat(spans.get("deliver nudge").parentId()).isEqualTo(run.id());
    assertThat(run.links()).isEmpty();
    assertThat(run.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
    assertThat(run.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(run.resource()).contains(entry("service.name", "sluice-eu"));
    assertThat(run.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("messaging.system", "sluice"),
                entry("messaging.operation.name", "run"),
                entry("messaging.operation.type", "process"),
                entry("messaging.destination.name", "web"),
                entry("messaging.message.id", "a"),
                entry("messaging.client.id", "w1"),
                entry("gen_ai.operation.name", "invoke_agent"),
                entry("gen_ai.conversation.id", "a"),
                entry("gen_ai.agent.name", "Fixer"),
                entry("gen_ai.request.model", "opus"),
                entry("gen_ai.provider.name", "anthropic"),
                entry("gen_ai.usage.input_tokens", "1200"),
                entry("gen_ai.usage.output_tokens", "34"),
                entry("sluice.org", ORG),
                entry("sluice.outcome", "completed")));
    assertThat(spans.get("deliver nudge").attributes())
        .containsEntry("messaging.message.id", message.id())
        .containsEntry("sluice.message.lane", "normal");
    assertThat(collector.headers().get(0))
        .containsEntry("Authorization", List.of("Bearer a=b"))
        .containsEntry("X-tenant", List.of("7"));
    assertThat(spans.toString()).doesNotContain("a secret");
    counted(1, 0);

    traces.round();
    assertThat(collector.spans()).as("once").hasSize(4);
  }

  @Test
  void aRetryLinksToTheFormerTry() {
    enqueue("a", TRACED);
    poll("w1");
    report("w1", SessionState.FAILED, "lost-ownership", Map.of("outputTokens", "1"));
    long waits = clock.now();
    Received first = round(2).get("invoke_agent");
    long claimed = pass(3_000);
    poll("w1");
    pass(1_000);
    report("w1", SessionState.FAILED, "timeout", Map.of());

    List<Received> all = collector(4);
    Received wait = all.get(2);
    Received second = all.get(3);

    failed(first, "lost-ownership", "returned");
    assertThat(first.attributes()).containsEntry("gen_ai.usage.output_tokens", "1");
    failed(second, "timeout", "failed");
    assertThat(second.links()).containsExactly(first.id());
    assertThat(second.traceId()).isEqualTo(TRACE);
    assertThat(second.parentId()).isEqualTo(wait.id());
    assertThat(wait.parentId()).isEqualTo(PARENT);
    lasts(wait, waits, claimed);
    counted(2, 0);
  }

  @Test
  void endsThatNoCallMakesAreTracedToo() {
    enqueue("a", "\"workType\":\"qa\"");
    for (int i = 1; i <= Rules.DEFAULTS.tries().maxAttempts(); i++) {
      register("silent" + i);
      poll("silent" + i);
      sweeps(Rules.DEFAULTS.leaseMs() * 2);
    }

    List<Received> all = collector(2 * Rules.DEFAULTS.tries().maxAttempts());

    assertThat(all).extracting(Received::traceId).containsOnly(all.get(0).traceId());
    assertThat(all.get(0).parentId()).as("the root").isEmpty();
    assertThat(all).filteredOn(each -> each.parentId().isEmpty()).hasSize(1);
    failed(all.get(1), "lease-lost", "lease-lost");
    failed(all.get(all.size() - 1), "lease-lost", "dead");
    assertThat(all.get(1).span().getName()).isEqualTo("invoke_agent qa");
    counted(Rules.DEFAULTS.tries().maxAttempts(), 0);
  }

  @Test
  void workThatEndsWhileItWaitsHasItsWaitAlone() {
    enqueue("stopped", TRACED);
    enqueue("late", "\"prompt\":\"p\"", clock.now() + 1_000);
    backend.sessions().stop(ORG, "stopped", new StopMessage("no", null, null), Place.ANY, BY);
    pass(2_000);
    backend.upkeep().sweep();

    List<Received> all = collector(2);

    assertThat(all).extracting(each -> each.span().getName()).containsOnly("wait web");
    assertThat(all.get(0).attributes()).containsEntry("sluice.outcome", "stopped");
    assertThat(all.get(0).attributes()).doesNotContainKey("error.type");
    failed(all.get(1), "deadline", "dead");
  }

  @Test
  void aStoppedRunEndsWithItsRelease() {
    enqueue("a", TRACED);
    poll("w1");
    backend.sessions().stop(ORG, "a", new StopMessage("no", null, null), Place.ANY, BY);
    pass(1_000);
    collector(0);
    report("w1", SessionState.STOPPED, null, Map.of());

    Received run = collector(2).get(1);

    assertThat(run.attributes())
        .containsEntry("sluice.outcome", "stopped")
        .doesNotContainKey("error.type");
  }

  @Test
  void aRequeuedSessionGoesOnInItsTrace() {
    enqueue("a", "\"prompt\":\"p\"");
    poll("w1");
    report("w1", SessionState.COMPLETED, null, Map.of());
    pass(60_000);
    backend.sessions().requeue(ORG, "a", Place.ANY, BY);
    long requeued = clock.now();
    long claimed = pass(1_000);
    poll("w1");
    report("w1", SessionState.COMPLETED, null, Map.of());

    List<Received> all = collector(4);

    assertThat(all).extracting(Received::traceId).containsOnly(all.get(0).traceId());
    lasts(all.get(2), requeued, claimed);
    assertThat(all.get(3).links()).containsExactly(all.get(1).id());
  }

  @Test
  void theProducerOrTheShareDecidesWhetherARunIsTraced() {
    RunTraces none = traces(backend, 0);
    none.round();
    enqueue("unsampled", TRACED.replace(PARENT + "-01", PARENT + "-00"));
    enqueue("sampled", TRACED);
    enqueue("own", "\"prompt\":\"p\"");
    for (int i = 0; i < 3; i++) {
      poll("w1");
    }
    for (String id : List.of("unsampled", "sampled", "own")) {
      backend.sessions().report(ORG, id, holder("w1"), completed());
    }

    none.round();
    assertThat(collector.spans()).extracting(Received::traceId).containsOnly(TRACE);
    assertThat(collector.spans()).hasSize(2);
    traces.round();
    assertThat(collector.spans()).hasSize(6);
  }

  @Test
  void aCollectorThatIsAwayCostsCountedDrops() {
    collector.answers(503);
    run("a");
    run("b");
    traces.round();
    counted(0, 2);

    collector.answers(200);
    run("c");
    assertThat(collector(2)).hasSize(2);
    counted(1, 2);

    collector.close();
    run("d");
    traces.round();
    counted(1, 3);
  }

  @Test
  void aCollectorThatHangsIsLeftAloneForTheRestOfTheRound() {
    RunTraces impatient = traces(backend, 1, Duration.ofMillis(500));
    impatient.round();
    collector.hang();
    for (String org : List.of("one", "two", "three")) {
      backend.work().enqueue(org, List.of(work("a", "\"prompt\":\"p\"", 0)));
      backend.sessions().stop(org, "a", new StopMessage("no", null, null), Place.ANY, BY);
    }

    impatient.round();

    assertThat(collector.headers()).hasSize(1);
    counted(0, 3);
  }

  @Test
  void oneNodeExportsAndAnotherGoesOnWhereItWasHeardLast() {
    StoreNodes[] nodes = {nodes(false, 0, 0)};
    RunTraces other = traces(withNodes(nodes), 1);
    other.round();
    run("a");
    traces.round();
    other.round();
    assertThat(collector.spans()).hasSize(2);

    nodes[0] = nodes(false, 0, 5_000); // the first one is silent
    run("b");
    other.round();
    assertThat(collector.spans()).hasSize(2);
    nodes[0] = nodes(true, 5_000, 5_000);
    other.round();

    assertThat(collector.spans()).hasSize(4);
    assertThat(collector.spans()).extracting(Received::id).doesNotHaveDuplicates();

    run("c");
    nodes[0] = nodes(false, 6_000, 6_000); // a new one leads, and may have begun behind this run
    other.round();
    run("d");
    other.round();
    assertThat(collector.spans()).hasSize(6);
  }

  @Test
  void whatEndedBeforeTheStartIsNotTraced() {
    run("a");
    RunTraces later = traces(backend, 1);
    later.round();
    later.round();

    assertThat(collector.spans()).isEmpty();

    run("b");
    later.stop();
    assertThat(collector.spans()).as("at the stop").hasSize(2);
  }

  @Test
  void aSessionWhoseRecordIsGoneIsCounted() {
    run("a");
    QueueBackend forgetful = new MemoryBackend(Rules.DEFAULTS, clock);
    RunTraces other = traces(withSessions(forgetful), 1);
    other.round();
    run("b");
    other.round();

    counted(0, 1);
    forgetful.close();
  }

  private static StoreNodes nodes(boolean leads, long first, long second) {
    return new StoreNodes(
        9, leads, List.of(new NodeInfo("a", "1", 9, first), new NodeInfo("b", "1", 9, second)));
  }

  private QueueBackend withNodes(StoreNodes[] nodes) {
    Upkeep upkeep =
        (Upkeep)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Upkeep.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("nodes")
                        ? nodes[0]
                        : method.invoke(backend.upkeep(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return with(backend, upkeep);
  }

  private QueueBackend withSessions(QueueBackend other) {
    return with(other, backend.upkeep());
  }

  private QueueBackend with(QueueBackend sessions, Upkeep upkeep) {
    return new MeteredBackend(
        backend.work(),
        backend.workers(),
        sessions.sessions(),
        backend.inboxes(),
        backend.batch(),
        backend.queues(),
        backend.audit(),
        backend.events(),
        backend.webhooks(),
        backend.stopOrders(),
        backend.findings(),
        backend.figures(),
        backend.hints(),
        backend.credentials(),
        upkeep,
        backend.transfers(),
        backend);
  }

  private static void lasts(Received span, long fromMs, long toMs) {
    assertThat(span.span().getStartTimeUnixNano()).isEqualTo(fromMs * 1_000_000);
    assertThat(span.span().getEndTimeUnixNano()).isEqualTo(toMs * 1_000_000);
  }

  private static void failed(Received span, String error, String outcome) {
    assertThat(span.attributes())
        .containsEntry("error.type", error)
        .containsEntry("sluice.outcome", outcome);
    assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
  }

  private void counted(int exported, int dropped) {
    CounterSnapshot counter =
        meters.registry().scrape().stream()
            .filter(each -> each.getMetadata().getName().equals("sluice_traced_runs"))
            .map(CounterSnapshot.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(
            counter.getDataPoints().stream()
                .map(point -> point.getLabels().get("result") + " " + (int) point.getValue()))
        .containsExactlyInAnyOrder("exported " + exported, "dropped " + dropped);
  }

  /** A round, after which the collector has so many spans. */
  private List<Received> collector(int count) {
    traces.round();
    assertThat(collector.spans()).hasSize(count);
    return collector.spans();
  }

  private Map<String, Received> round(int count) {
    Map<String, Received> byName = new TreeMap<>();
    collector(count).forEach(each -> byName.put(each.span().getName(), each));
    return byName;
  }

  private void run(String id) {
    enqueue(id, "\"prompt\":\"p\"");
    poll("w1");
    backend.sessions().report(ORG, id, holder("w1"), completed());
  }

  private static StatusReport completed() {
    return new StatusReport(SessionState.COMPLETED, new TreeMap<>(), -1);
  }

  private void enqueue(String id, String members) {
    enqueue(id, members, 0);
  }

  private void enqueue(String id, String members, long deadlineMs) {
    backend.work().enqueue(ORG, List.of(work(id, members, deadlineMs)));
  }

  private NewWork work(String id, String members, long deadlineMs) {
    String item = "{" + members + "}";
    NewWork plain =
        new NewWork(id, id, id, "web", List.of(), 3, clock.now(), 0, deadlineMs, "hash", item);
    return new NewWork(
        plain.sessionId(),
        plain.issueId(),
        plain.issueIdentifier(),
        plain.project(),
        plain.requiredCapabilities(),
        null,
        plain.priority(),
        plain.queuedAtMs(),
        plain.notBeforeMs(),
        plain.deadlineMs(),
        List.of(),
        plain.contentHash(),
        item,
        new dev.sluice.backend.work.Subject("", "", members.contains("opus") ? "opus" : ""),
        null);
  }

  private void register(String worker) {
    backend
        .workers()
        .register(
            ORG,
            new Registration(
                worker, "key", Dialect.STANDARD, "h", 9, Projects.ALL, List.of(), false, "{}"));
  }

  private void poll(String worker) {
    backend
        .workers()
        .poll(new PollRequest(new WorkerRef(ORG, worker, null), "request-" + polls++, 1));
  }

  private Message send(String session) {
    NewMessage message = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "a secret", null, null);
    return backend.inboxes().send(ORG, session, message, BY).message();
  }

  private void report(
      String worker, SessionState state, @Nullable String cause, Map<String, String> fields) {
    StatusReport report =
        new StatusReport(state, new TreeMap<>(fields), -1)
            .failing(cause == null ? null : Failure.of(cause));
    backend.sessions().report(ORG, "a", holder(worker), report);
  }

  private static Holder holder(String worker) {
    return new Holder(worker, null, 0);
  }

  /** Returns the time then. */
  private long pass(long ms) {
    clock.jump(Duration.ofMillis(ms));
    return clock.now();
  }

  private void sweeps(long ms) {
    long step = Rules.DEFAULTS.outageGapMs() / 2;
    Stream.iterate(0L, passed -> passed < ms, passed -> passed + step)
        .forEach(
            passed -> {
              pass(step);
              backend.upkeep().sweep();
            });
  }
}
