package dev.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The server's side of the protocol, as far as the tool uses it, right or with one fault. One
 * request at a time.
 */
final class ProtocolStub implements AutoCloseable {

  enum Fault {
    DOUBLES_AN_ITEM,
    DOUBLES_THE_LAST_ITEM,
    LOSES_AN_ITEM,
    SWAPS_TWO_ITEMS,
    DENIES_PRE_CLAIM,
    REPEATS_A_TOKEN,
    HANDS_OUT_FOREIGN_WORK,
    REFUSES_AN_ITEM,
    REFUSES_A_REPORT,
    IS_AWAY_FOR_A_POLL,
    FORGETS_A_WORKER,
    IGNORES_SLOTS
  }

  static {
    // Read once, by the first server of the JVM. Otherwise head and body of an answer wait for each
    // other's acknowledgement, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static final String REGISTRATION_TOKEN = "rsk_live_register";
  static final String API_KEY = "rsk_live_enqueue";

  private record Answer(int status, JsonNode body) {}

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
  private final boolean mintsTokens;

  private final TreeSet<JsonNode> queue =
      new TreeSet<>(
          Comparator.comparingLong(ProtocolStub::score)
              .thenComparing(item -> item.get("sessionId").asText()));
  private final Map<String, String> claimed = new HashMap<>(); // session to worker
  private final List<String> statuses = new ArrayList<>();
  private final List<OutputStream> streams = new ArrayList<>();
  private final Map<String, Integer> workers = new HashMap<>(); // to capacity
  private int lastWorker;
  private long lastToken = 100;

  private ProtocolStub(boolean mintsTokens, Fault... faults) throws IOException {
    this.mintsTokens = mintsTokens;
    this.faults.addAll(List.of(faults));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(thread);
    server.start();
  }

  /** Plays Sluice. */
  static ProtocolStub good() throws IOException {
    return new ProtocolStub(true);
  }

  /** Plays an older server, without runtime tokens and claim tokens. */
  static ProtocolStub plain() throws IOException {
    return new ProtocolStub(false);
  }

  static ProtocolStub bad(Fault fault) throws IOException {
    return new ProtocolStub(true, fault);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Enqueues behind the tool's back. */
  synchronized void enqueue(String json) throws IOException {
    add(mapper.readTree(json));
  }

  synchronized int waiting() {
    return queue.size();
  }

  synchronized int stillClaimed() {
    return claimed.size();
  }

  synchronized int workers() {
    return workers.size();
  }

  synchronized List<String> statuses() {
    return List.copyOf(statuses);
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/api/events")) {
      stream(exchange);
      return;
    }
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer =
          answer(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body));
      byte[] bytes = mapper.writeValueAsBytes(answer.body);
      exchange.sendResponseHeaders(answer.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Stays open, and gets an event for each item that is enqueued. */
  private synchronized void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    if (!exchange.getRequestURI().getQuery().contains("types=")) {
      streams.add(exchange.getResponseBody());
    }
  }

  private void tell() {
    String event = "data: {\"id\":\"1\",\"time\":" + System.currentTimeMillis() + "}\n\n";
    try {
      for (OutputStream stream : streams) {
        stream.write(event.getBytes(StandardCharsets.UTF_8));
        stream.flush();
      }
    } catch (IOException e) {
      streams.clear(); // the tool has ended
    }
  }

  private synchronized Answer answer(
      String method, String path, String authorization, JsonNode body) {
    String[] parts = path.split("/", -1); // "", "api", "workers", id, verb
    if (path.equals("/api/work")) {
      return authorization.equals("Bearer " + API_KEY) ? enqueue(body) : error(401, "bad key");
    }
    if (path.equals("/api/workers/register")) {
      return authorization.equals("Bearer " + REGISTRATION_TOKEN)
          ? register(body)
          : error(401, "bad registration token");
    }
    if (parts[2].equals("sessions")) {
      return report(URLDecoder.decode(parts[3], StandardCharsets.UTF_8), body);
    }
    if (!authorization.equals("Bearer " + bearer(parts[3]))) {
      return error(401, "Runtime token expired");
    }
    if (method.equals("DELETE")) {
      workers.remove(parts[3]);
      return new Answer(200, mapper.createObjectNode().put("deregistered", true));
    }
    if (parts[4].equals("heartbeat")) {
      return new Answer(200, mapper.createObjectNode().put("acknowledged", true));
    }
    if (!workers.containsKey(parts[3]) || faults.remove(Fault.FORGETS_A_WORKER)) {
      return error(404, "Worker not found");
    }
    return faults.remove(Fault.IS_AWAY_FOR_A_POLL) ? error(503, "store away") : poll(parts[3]);
  }

  private Answer register(JsonNode registration) {
    String id = "wkr_" + ++lastWorker;
    JsonNode capacity = registration.get("capacity");
    workers.put(id, (capacity == null ? registration.get("max_agents") : capacity).asInt());
    ObjectNode body = mapper.createObjectNode().put("workerId", id).put("pollInterval", 20);
    if (mintsTokens) {
      body.put("runtimeToken", bearer(id));
    } else {
      body.putNull("runtimeToken");
    }
    return new Answer(201, body);
  }

  private String bearer(String workerId) {
    return mintsTokens ? "e30." + workerId + ".c2ln" : REGISTRATION_TOKEN;
  }

  private Answer enqueue(JsonNode body) {
    ObjectNode answer = mapper.createObjectNode();
    ArrayNode results = answer.putArray("results");
    for (JsonNode item : body.get("items")) {
      String id = item.get("sessionId").asText();
      if (faults.remove(Fault.REFUSES_AN_ITEM)) {
        results.addObject().put("error", "queue full").put("message", "queue full").put("id", id);
      } else {
        add(item);
        results.addObject().put("sessionId", id).put("state", "pending").put("position", 1);
      }
    }
    return new Answer(200, answer);
  }

  private void add(JsonNode item) {
    ((ObjectNode) item).put("queuedAt", 1_700_000_000_000L);
    queue.add(item);
    tell();
  }

  private Answer poll(String worker) {
    int slots =
        faults.contains(Fault.IGNORES_SLOTS)
            ? 5
            : workers.get(worker) - Collections.frequency(claimed.values(), worker);
    List<JsonNode> work = new ArrayList<>();
    while (work.size() < Math.min(5, slots) && !queue.isEmpty()) {
      JsonNode item = queue.pollFirst();
      if (!faults.remove(Fault.LOSES_AN_ITEM)) {
        work.add(item);
      }
    }
    if (work.size() > 1 && faults.remove(Fault.SWAPS_TWO_ITEMS)) {
      work.add(work.remove(0));
    }
    if (!work.isEmpty() && faults.remove(Fault.HANDS_OUT_FOREIGN_WORK)) {
      ObjectNode foreign = work.get(work.size() - 1).deepCopy();
      work.add(foreign.put("sessionId", foreign.get("sessionId").asText() + "-other"));
    }
    ObjectNode answer = mapper.createObjectNode();
    answer.put("preClaimed", !work.isEmpty() && !faults.remove(Fault.DENIES_PRE_CLAIM));
    answer.putArray("work").addAll(work);
    answer.putObject("inboxMessages");
    answer.put("hasInboxMessages", false);
    ArrayNode ids = answer.putArray("claimedSessionIds");
    ObjectNode claims = mintsTokens ? answer.putObject("claims") : mapper.createObjectNode();
    for (JsonNode item : work) {
      String id = item.get("sessionId").asText();
      ids.add(id);
      claimed.put(id, worker);
      if (lastToken == 100 || !faults.remove(Fault.REPEATS_A_TOKEN)) {
        lastToken++;
      }
      claims.putObject(id).put("token", lastToken).put("acceptBy", 0);
    }
    if (!work.isEmpty() && faults.remove(Fault.DOUBLES_AN_ITEM)) {
      queue.add(work.get(0));
    }
    if (queue.isEmpty() && !work.isEmpty() && faults.remove(Fault.DOUBLES_THE_LAST_ITEM)) {
      queue.add(work.get(work.size() - 1));
    }
    return new Answer(200, answer);
  }

  private Answer report(String sessionId, JsonNode body) {
    String status = body.get("status").asText();
    statuses.add(status);
    if (faults.remove(Fault.REFUSES_A_REPORT)) {
      return error(403, "Session is owned by another worker");
    }
    if (status.equals("completed")) {
      claimed.remove(sessionId);
    }
    return new Answer(200, mapper.createObjectNode().put("updated", true));
  }

  private Answer error(int status, String text) {
    return new Answer(
        status, mapper.createObjectNode().put("error", "Refused").put("message", text));
  }

  private static long score(JsonNode item) {
    return item.get("priority").asLong() * 10_000_000_000_000L + item.get("queuedAt").asLong();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
