package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthApplication;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.EventTab;
import dev.sluice.service.http.EventTab.Told;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code GET /api/events}, as lists and as a stream. */
@Timeout(120)
abstract class EventsContract {

  /** Events of an org that are kept, at least. */
  static final int KEPT = 2_000;

  static final String OVERRIDE = "retention.maxEvents=" + KEPT;

  private final List<EventTab> tabs = new ArrayList<>();
  private OpsOrg org;

  protected abstract AuthEdge edge();

  @BeforeEach
  void found() {
    org = OpsOrg.of(edge());
  }

  @AfterEach
  void close() {
    tabs.forEach(EventTab::close);
  }

  // Lists

  @Test
  void theLogIsReadFromItsStart() {
    JsonNode none = list("");
    assertThat(none.at("/events")).isEmpty();
    assertThat(none.at("/next").asText()).isEqualTo("0");
    org.enqueue("web", "a");
    TestWorker worker = org.worker("web", 1);
    worker.poll();
    worker.report("a", "running");
    worker.report("a", "completed");
    org.done("POST", "/api/queues/web/pause", "{\"reason\":\"a deploy\"}");

    JsonNode all = list("");

    assertThat(types(all))
        .containsExactly(
            "session.enqueued",
            "worker.registered",
            "session.claimed",
            "session.started",
            "session.ended",
            "queue.paused");
    assertThat(all.at("/next").asText()).isEqualTo("6");
    JsonNode end = all.at("/events/4");
    assertThat(end.at("/id").asText()).isEqualTo("5");
    assertThat(end.at("/time").asLong())
        .isCloseTo(System.currentTimeMillis(), within(TimeUnit.HOURS.toMillis(1)));
    assertThat(end.at("/project").asText()).isEqualTo("web");
    assertThat(end.at("/sessionId").asText()).isEqualTo("a");
    assertThat(end.at("/workerId").asText()).isEqualTo(worker.id());
    assertThat(end.at("/detail").asText()).isEqualTo("completed");
    assertThat(all.at("/events/1").has("project")).isFalse();
    assertThat(all.at("/events/1").has("sessionId")).isFalse();
    assertThat(all.at("/events/5").has("detail")).isFalse();
  }

  @Test
  void aReaderGoesOnBehindTheLastEventItKnows() {
    org.waiting("web", 7);
    for (int limit : List.of(1, 2, 3, 7, 1_000)) {
      List<String> ids = new ArrayList<>();
      String next = "oldest";
      for (JsonNode page = list("?after=oldest&limit=" + limit);
          !page.at("/events").isEmpty();
          page = list("?after=" + next + "&limit=" + limit)) {
        ids.addAll(page.at("/events").findValuesAsText("id"));
        next = page.at("/next").asText();
        assertThat(next).isEqualTo(ids.get(ids.size() - 1));
      }
      assertThat(ids).containsExactlyElementsOf(numbers(1, 7));
    }
    assertThat(list("?after=5").at("/events").findValuesAsText("id")).containsExactly("6", "7");
    JsonNode now = list("?after=latest");
    assertThat(now.at("/events")).isEmpty();
    assertThat(now.at("/next").asText()).isEqualTo("7");
  }

  @Test
  void filtersPassWhatTheyNameAndMoveTheCursorOn() {
    org.enqueue("web", "a");
    org.enqueue("docs", "b");
    TestWorker worker = org.worker("web", 1);
    worker.poll();
    org.done("POST", "/api/queues/web/pause", "{\"reason\":\"r\"}");

    assertThat(types(list("?types=session")))
        .containsExactly("session.enqueued", "session.enqueued", "session.claimed");
    assertThat(types(list("?types=worker,queue.paused,session.claimed")))
        .containsExactly("worker.registered", "session.claimed", "queue.paused");
    assertThat(types(list("?project=web")))
        .containsExactly("session.enqueued", "session.claimed", "queue.paused");
    assertThat(types(list("?session=b"))).containsExactly("session.enqueued");
    assertThat(types(list("?session=b&types=session.claimed"))).isEmpty();
    assertThat(list("?session=b&types=message").at("/next").asText()).isEqualTo("5");
    assertThat(types(list("?types=session&limit=2&after=2"))).containsExactly("session.claimed");
  }

  @Test
  void eventsOfLabelledWorkPass() throws Exception {
    EventTab nightly = tab("?label=run%3Dnightly");
    EventTab both = tab("?label=run%3Dnightly&label=part%3D2");
    labelled("a", "{\"run\":\"nightly\",\"part\":\"1\"}");
    labelled("b", "{\"run\":\"nightly\",\"part\":\"2\"}");
    labelled("c", "{\"run\":\"daily\",\"part\":\"2\"}");
    org.enqueue("web", "d");
    TestWorker worker = org.worker("web", 4);
    worker.poll();

    assertThat(ids(list("?label=run%3Dnightly"))).containsExactly("a", "b", "a", "b");
    assertThat(ids(list("?label=run%3Dnightly&label=part%3D2"))).containsExactly("b", "b");
    assertThat(ids(list("?label=part%3D2&types=session.claimed"))).containsExactly("b", "c");
    assertThat(ids(list("?label=run%3Dother"))).isEmpty();
    assertThat(nightly.next(4)).extracting(Told::type).hasSize(4);
    assertThat(both.next(2))
        .extracting(Told::type)
        .containsExactly("session.enqueued", "session.claimed");
  }

  @Test
  void eventsOfABatchPass() throws Exception {
    JsonNode batch =
        org.done(
            "POST",
            "/api/batches",
            "{\"items\":[{\"projectName\":\"web\",\"prompt\":\"1\"},"
                + "{\"projectName\":\"web\",\"prompt\":\"2\"}]}");
    org.enqueue("web", "a");
    String id = batch.at("/batchId").asText();
    EventTab tab = tab("?batch=" + id);
    org.worker("web", 4).poll();

    assertThat(ids(list("?batch=" + id)))
        .containsExactly(id + ".0", id + ".1", id + ".0", id + ".1");
    assertThat(tab.next(4)).extracting(Told::type).hasSize(4);
  }

  @Test
  void aThousandItemsAreWatchedToTheirEndByOneCall() throws Exception {
    String items =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{\"projectName\":\"web\",\"prompt\":\"p\"}")
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    String id = org.done("POST", "/api/batches", items).at("/batchId").asText();
    EventTab tab = tab("?batch=" + id + "&types=session.ended");
    for (int i = 0; i < 1_000; i++) {
      org.done("DELETE", "/api/work/" + id + "." + i, null);
    }

    assertThat(tab.next(1_000))
        .extracting(told -> told.data().at("/sessionId").asText())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_000).mapToObj(i -> id + "." + i).toList());
  }

  private void labelled(String id, String labels) {
    org.done(
        "POST",
        "/api/work",
        "{\"sessionId\":\"%s\",\"projectName\":\"web\",\"prompt\":\"p\",\"labels\":%s}"
            .formatted(id, labels));
  }

  private static List<String> ids(JsonNode list) {
    return list.at("/events").findValuesAsText("sessionId");
  }

  @Test
  void aFilterLooksAtAllThatIsKept() {
    org.waiting("web", 1_500);
    org.enqueue("docs", "b");
    JsonNode found = list("?project=docs&limit=1");
    assertThat(found.at("/events/0/sessionId").asText()).isEqualTo("b");
    assertThat(found.at("/next").asText()).isEqualTo("1501");
  }

  @Test
  void aBoundKeySeesTheEventsOfItsProjects() throws Exception {
    org.enqueue("web", "a");
    org.enqueue("docs", "b");
    org.worker("web", 1).poll();
    String bound = org.bound("web");

    JsonNode seen = org.done(bound, "GET", "/api/events", null);
    assertThat(seen.at("/events").findValuesAsText("type"))
        .containsExactly("session.enqueued", "session.claimed");
    assertThat(seen.at("/next").asText()).as("behind its own").isEqualTo("5");
    assertThat(edge().get("/api/events?project=docs", bound).status()).isEqualTo(403);
    assertThat(org.done(bound, "GET", "/api/events?session=b", null).at("/events")).isEmpty();
    EventTab tab = kept(EventTab.open(edge().server(), bound, ""));
    org.enqueue("docs", "c");
    org.enqueue("web", "d");
    assertThat(tab.next(3)).extracting(Told::id).containsExactly("1", "4", "7");
  }

  @Test
  void eventsOfWorkersNeedTheScopeThatListsThem() {
    String producer = edge().key(org.name(), Key.Type.USER, Set.of(Scope.WORK_WRITE));
    org.enqueue("web", "a");
    org.worker("web", 1).poll();
    assertThat(
            org.done(producer, "GET", "/api/events", null).at("/events").findValuesAsText("type"))
        .containsExactly("session.enqueued", "session.claimed");
    String minter = edge().key(org.name(), Key.Type.USER, Set.of(Scope.KEYS_WRITE));
    assertThat(edge().get("/api/events", minter).status()).isEqualTo(403);
    assertThat(edge().get("/api/events", org.token()).status()).isEqualTo(403);
    assertThat(edge().get("/api/events", null).status()).isEqualTo(401);
  }

  @Test
  void keysAndFindingsAreTold() {
    String producer = edge().key(org.name(), Key.Type.USER, Set.of(Scope.WORK_WRITE));
    JsonNode minted =
        org.done(
            "POST", "/api/keys", "{\"name\":\"a\",\"type\":\"user\",\"scopes\":[\"fleet:read\"]}");
    String id = minted.at("/id").asText();
    SeenFinding seen = new SeenFinding("no-worker", "web", "web", "no worker takes it");
    AuthApplication.backend(edge().server())
        .findings()
        .observe(org.name(), List.of(seen), Duration.ofHours(1).toMillis(), false);
    org.done("DELETE", "/api/keys/" + id, null);

    JsonNode all = list("?types=key,finding");
    assertThat(types(all)).containsExactly("key.created", "finding.began", "key.revoked");
    assertThat(all.at("/events").findValuesAsText("detail"))
        .containsExactly(id, "no-worker.web", id);
    assertThat(all.at("/events/1/project").asText()).isEqualTo("web");
    assertThat(all.toString()).doesNotContain(minted.at("/secret").asText(), "takes it");
    String bound = org.bound("web");
    assertThat(types(org.done(bound, "GET", "/api/events", null))).containsExactly("finding.began");
    assertThat(types(org.done(producer, "GET", "/api/events", null))).isEmpty();
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    for (String after : List.of("x", "-1", "01", "1.5", "+1", "1x", "%00", "9999999999999999999")) {
      wrong("after=" + after, "after");
    }
    for (String types :
        List.of("x", "session.", "session,", "SESSION", "session.none", "session.*")) {
      wrong("types=" + types, "types");
    }
    for (String limit : List.of("0", "1001", "x")) {
      wrong("limit=" + limit, "limit");
    }
    for (String wait : List.of("26", "-1", "end")) {
      wrong("wait=" + wait, "wait");
    }
    wrong("project=%00", "project");
    wrong("session=%00", "session");
    wrong("label=a", "label");
    wrong("label=a=b&label=a=c", "label");
    wrong("batch=b", "batch");
    wrong("labels=a=b", "labels");
    wrong("org=other", "org");
    EventTab tab = tab("", "Last-Event-ID", "none");
    assertThat(tab.status()).isEqualTo(400);
    assertThat(StrictJson.read(tab.rest()).at("/field").asText()).isEqualTo("Last-Event-ID");
    assertThat(tab("?wait=1").status()).isEqualTo(400);
    assertThat(list("?after=&types=&limit=&wait=").at("/events")).isEmpty();
  }

  private void wrong(String query, String field) {
    JsonNode error = org.refused(400, "GET", "/api/events?" + query, null);
    assertThat(error.at("/field").asText()).isEqualTo(field);
    assertThat(error.at("/code").asText()).isEqualTo("invalid-field");
  }

  @Test
  void aCursorThatIsNotKeptIsTold() throws Exception {
    org.waiting("web", KEPT + 600);
    JsonNode error = org.refused(410, "GET", "/api/events?after=0", null);
    assertThat(error.at("/code").asText()).isEqualTo("cursor-expired");
    assertThat(error.at("/field").asText()).isEqualTo("after");
    String oldest = error.at("/oldest").asText();
    assertThat(Long.parseLong(oldest)).isBetween(1L, 600L);
    assertThat(error.at("/message").asText()).contains(oldest);

    String first = String.valueOf(Long.parseLong(oldest) + 1);
    assertThat(list("?limit=1&after=" + oldest).at("/events/0/id").asText()).isEqualTo(first);
    assertThat(list("?limit=1").at("/events/0/id").asText()).isEqualTo(first);
    for (String beyond : List.of(String.valueOf(KEPT + 601), "999999999999999999")) {
      JsonNode ahead = org.refused(410, "GET", "/api/events?wait=25&after=" + beyond, null);
      assertThat(ahead.at("/oldest").asText()).isEqualTo(oldest);
    }
    EventTab tab = tab("?after=latest", "Last-Event-ID", "0");
    assertThat(tab.status()).isEqualTo(410);
    assertThat(StrictJson.read(tab.rest()).at("/oldest").asText()).isEqualTo(oldest);
    assertThat(tab("?after=0").status()).isEqualTo(410);
    assertThat(tab("").next().id()).isEqualTo(first);
  }

  // Waits

  @Test
  void aWaitIsAnsweredByTheFirstEventThatPasses() {
    String next = list("?after=latest").at("/next").asText();
    CompletableFuture<JsonNode> any = waiting("?wait=25&after=" + next);
    CompletableFuture<JsonNode> end = waiting("?wait=25&types=session.ended&after=" + next);
    org.enqueue("web", "a");
    JsonNode enqueued = any.join();
    assertThat(types(enqueued)).containsExactly("session.enqueued");
    assertThat(enqueued.at("/next").asText()).isEqualTo("1");
    assertThat(types(list("?wait=25"))).as("at once").containsExactly("session.enqueued");
    assertThat(end).isNotDone();
    org.done("DELETE", "/api/work/a", null);
    JsonNode ended = end.join();
    assertThat(types(ended)).containsExactly("session.ended");
    assertThat(ended.at("/next").asLong()).isGreaterThan(1);
  }

  @Test
  void noEventBetweenTheFirstLookAndTheWaitIsMissed() {
    String next = "0";
    for (int round = 0; round < 20; round++) {
      CompletableFuture<JsonNode> waiting = waiting("?wait=25&limit=1&after=" + next);
      org.enqueue("web", "a" + round);
      JsonNode found = waiting.join();
      assertThat(found.at("/events/0/sessionId").asText()).isEqualTo("a" + round);
      next = found.at("/next").asText();
    }
  }

  @Test
  void aWaitEndsEmptyAndItsCursorGoesOn() {
    org.enqueue("web", "a");
    JsonNode none = list("?wait=1&types=message");
    assertThat(none.at("/events")).isEmpty();
    assertThat(none.at("/next").asText()).isEqualTo("1");
    assertThat(list("?wait=1&after=latest").at("/next").asText()).isEqualTo("1");
  }

  private CompletableFuture<JsonNode> waiting(String query) {
    return CompletableFuture.supplyAsync(
        () -> list(query), task -> new Thread(task, "waiting").start());
  }

  // Streams

  @Test
  void aStreamHasWhatIsThereAndWhatComes() throws Exception {
    org.enqueue("web", "a");
    EventTab tab = tab("");
    assertThat(tab.status()).isEqualTo(200);
    assertThat(tab.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(tab.header("Cache-Control")).isEqualTo("no-store");
    assertThat(tab.line()).isEqualTo("retry: 2000");
    Told first = tab.next();
    assertThat(first.id()).isEqualTo("1");
    assertThat(first.type()).isEqualTo("session.enqueued");
    assertThat(first.data()).isEqualTo(list("").at("/events/0"));

    org.done("DELETE", "/api/work/a", null);
    JsonNode all = list("");
    List<Told> more = tab.next(all.at("/events").size() - 1);
    assertThat(more.get(more.size() - 1).type()).isEqualTo("session.ended");
    assertThat(more.get(more.size() - 1).data()).isEqualTo(all.at("/events").get(more.size()));
  }

  @Test
  void eventsAreNotHeldBackByCompression() throws Exception {
    EventTab tab = tab("", "Accept-Encoding", "gzip");
    org.enqueue("web", "a");
    assertThat(tab.header("Content-Encoding")).isEmpty();
    assertThat(tab.next().id()).isEqualTo("1");
  }

  @Test
  void aStreamGoesOnOverDroppedConnectionsWithoutLossOrDuplicate() throws Exception {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> IntStream.range(0, 15).forEach(i -> org.waiting("web" + i, 100)),
            task -> new Thread(task, "writer").start());
    List<String> ids = new ArrayList<>();
    while (ids.size() < 1_500) {
      String last = ids.isEmpty() ? "" : ids.get(ids.size() - 1);
      try (EventTab tab = tab("?after=oldest", "Last-Event-ID", last)) {
        tab.next(Math.min(170, 1_500 - ids.size())).forEach(told -> ids.add(told.id()));
      }
    }
    writer.join();
    assertThat(ids).containsExactlyElementsOf(numbers(1, 1_500));
  }

  @Test
  void onlyCallersThatPreferAStreamGetOne() throws Exception {
    for (String json :
        List.of("*/*", "application/json", "application/json, text/event-stream;q=0.5")) {
      EventTab tab = accepting(json);
      assertThat(tab.header("Content-Type")).as(json).isEqualTo("application/json");
    }
    for (String stream :
        List.of("text/event-stream", "application/json;q=0.5, text/event-stream")) {
      EventTab tab = accepting(stream);
      assertThat(tab.header("Content-Type")).as(stream).startsWith("text/event-stream");
    }
    assertThat(accepting("text/html").status()).isEqualTo(406);
  }

  private EventTab accepting(String accept) throws Exception {
    String[] headers = {"Accept", accept, "Authorization", "Bearer " + org.key()};
    return kept(EventTab.open(edge().server(), "?after=latest", headers));
  }

  @Test
  void otherMethodsAreRefused() {
    assertThat(call("HEAD", "application/json").status()).isEqualTo(200);
    assertThat(call("HEAD", "text/event-stream").status()).isEqualTo(405);
    for (String method : List.of("POST", "PUT", "DELETE")) {
      Answer answer = call(method, "*/*");
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }
  }

  private Answer call(String method, String accept) {
    return edge().server().call(method, "/api/events", org.key(), null, Map.of("Accept", accept));
  }

  @Test
  void aStreamEndsWithItsKey() throws Exception {
    String other = edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_READ));
    EventTab ending = kept(EventTab.open(edge().server(), other, ""));
    EventTab staying = tab("");
    CompletableFuture<String> end = ending.ended();
    edge().revoke(org.name(), other);
    AgingApplication.age(Duration.ofSeconds(6));
    end.get(20, TimeUnit.SECONDS);
    org.enqueue("web", "a");
    assertThat(staying.next().id()).isEqualTo("1");
  }

  @Test
  void aQuietStreamShowsThatItLivesAndHowFarItHasCome() throws Exception {
    EventTab tab = tab("?types=message");
    assertThat(tab.line()).isEqualTo("retry: 2000");
    assertThat(tab.line()).isEmpty();
    org.enqueue("web", "a");
    String line = "";
    while (!line.equals("id: 1")) { // the first one may come before the event is seen
      AgingApplication.age(Duration.ofSeconds(16));
      assertThat(tab.line()).isEqualTo(":");
      line = tab.line();
      if (!line.isEmpty()) {
        assertThat(tab.line()).isEmpty();
      }
    }
  }

  @Test
  void fiftyReadersAreToldTheSame() throws Exception {
    List<EventTab> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(tab("?after=latest"));
    }
    org.waiting("web", 100);
    for (EventTab reader : readers) {
      assertThat(reader.next(100)).extracting(Told::id).containsExactlyElementsOf(numbers(1, 100));
    }
  }

  @Test
  void aReaderThatDoesNotReadHoldsUpNoOther() throws Exception {
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(4_096);
      URI server = URI.create(edge().server().url());
      stuck.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      stuck
          .getOutputStream()
          .write(
              ("GET /api/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                      + "Authorization: Bearer "
                      + org.key()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = stuck.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      EventTab tab = tab("");
      String project = "w".repeat(240);
      for (int i = 0; i < 10; i++) {
        org.waiting(project + i, 500);
        assertThat(tab.next(500).get(499).id()).isEqualTo(String.valueOf(500 * (i + 1)));
      }
    }
  }

  private EventTab tab(String query, String... headers) throws Exception {
    return kept(EventTab.open(edge().server(), org.key(), query, headers));
  }

  private EventTab kept(EventTab tab) {
    tabs.add(tab);
    return tab;
  }

  private JsonNode list(String query) {
    return org.done("GET", "/api/events" + query, null);
  }

  private static List<String> types(JsonNode list) {
    return StreamSupport.stream(list.at("/events").spliterator(), false)
        .map(event -> event.at("/type").asText())
        .toList();
  }

  private static List<String> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
  }
}
