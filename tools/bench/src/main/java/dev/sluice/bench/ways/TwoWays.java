package dev.sluice.bench.ways;

import dev.sluice.bench.wire.Http;
import dev.sluice.bench.wire.WireAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CPU that a server on this Linux machine takes for each direct call, beside the same call by
 * Jersey, which serves it if the Accept header has an unusual form. Both take turns.
 *
 * <p>{@code java -cp tools/bench/target/sluice-bench.jar dev.sluice.bench.ways.TwoWays PORT PID
 * REGISTRATION_TOKEN API_KEY CALLS ROUNDS}
 */
public final class TwoWays {

  private static final int WORKERS = 8;
  private static final int DIRECT = 0;
  private static final List<String> ACCEPT = List.of("*/*", "*/*, application/json");

  /** Linux counts CPU in hundredths of a second. */
  private static final double TICK_MICROS = 10_000;

  /** Registrations cost most. */
  private static final String REGISTER = "register";

  private final Http http;
  private final Path cpu;
  private final List<Worker> workers = new ArrayList<>();
  private final String registration;
  private final String apiKey;

  /** An empty body is none. */
  private record Request(String verb, String path, String bearer, String body) {}

  private record Worker(String id, String token, String session) {

    Request post(String path, String body) {
      return new Request(
          "POST",
          path,
          token,
          "{\"workerId\":\"" + id + "\"" + (body.isEmpty() ? "" : ",") + body + "}");
    }

    Request ofSession(String call, String body) {
      return post("/api/sessions/" + session + "/" + call, body);
    }

    Request get(String path) {
      return new Request("GET", path, token, "");
    }
  }

  private interface Call {
    Request of(Worker worker, int number);
  }

  private TwoWays(int port, String process, String registration, String apiKey) {
    this.http = new Http(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(30));
    this.cpu = Path.of("/proc", process, "stat");
    this.registration = registration;
    this.apiKey = apiKey;
  }

  /** Prints a line for each call. */
  public static void main(String[] args) throws Exception {
    TwoWays ways = new TwoWays(Integer.parseInt(args[0]), args[1], args[2], args[3]);
    ways.begin();
    ways.measure(Integer.parseInt(args[4]), Integer.parseInt(args[5]));
  }

  private void begin() throws IOException {
    for (int i = 0; i < WORKERS; i++) {
      String registered = send(registration("two-ways-" + i));
      String id = member(registered, "workerId");
      String token = member(registered, "runtimeJwt");
      String item = "{\"sessionId\":\"%s-%d\",\"prompt\":\"do it\"}".formatted(id, i);
      send(new Request("POST", "/api/work", apiKey, item));
      Worker empty = new Worker(id, token, "");
      String polled = send(empty.get("/api/workers/" + id + "/poll?wait=0&max=1"));
      Worker worker = new Worker(id, token, member(polled, "sessionId"));
      send(worker.ofSession("status", "\"status\":\"running\""));
      workers.add(worker);
    }
  }

  private Request registration(String host) {
    String body = "{\"hostname\":\"%s\",\"machineId\":\"%s\",\"capacity\":4}".formatted(host, host);
    return new Request("POST", "/api/workers/register", registration, body);
  }

  private Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("poll", (w, n) -> w.get("/api/workers/" + w.id + "/poll?wait=0"));
    calls.put(
        "heartbeat", (w, n) -> w.post("/api/workers/" + w.id + "/heartbeat", "\"activeCount\":1"));
    calls.put("status, read", (w, n) -> w.get("/api/sessions/" + w.session + "/status"));
    calls.put(
        "status, report",
        (w, n) -> w.ofSession("status", "\"status\":\"running\",\"inputTokens\":" + n));
    calls.put("lock-refresh", (w, n) -> w.ofSession("lock-refresh", ""));
    calls.put("step-heartbeat", (w, n) -> w.ofSession("step-heartbeat", ""));
    calls.put(
        "activity",
        (w, n) ->
            w.ofSession(
                "activity",
                "\"activity\":{\"type\":\"thought\",\"content\":\"so far %d\"}".formatted(n)));
    calls.put(
        "progress",
        (w, n) -> w.ofSession("progress", "\"milestone\":\"started\",\"message\":\"m\""));
    calls.put("completion", (w, n) -> w.ofSession("completion", "\"summary\":\"done\""));
    calls.put(
        "ack", (w, n) -> w.ofSession("inbox/ack", "\"messageId\":\"1-1\",\"lane\":\"normal\""));
    calls.put("claim", (w, n) -> w.ofSession("claim", ""));
    calls.put(
        "enqueue", (w, n) -> new Request("POST", "/api/work", apiKey, "{\"prompt\":\"do it\"}"));
    calls.put(REGISTER, (w, n) -> registration("again-" + w.id));
    return calls;
  }

  private void measure(int calls, int rounds) throws Exception {
    Map<String, List<double[]>> micros = new LinkedHashMap<>();
    Map<String, Set<Integer>> statuses = new LinkedHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      for (int round = -1; round < rounds; round++) { // the first only warms up
        for (Map.Entry<String, Call> each : calls().entrySet()) {
          int some = each.getKey().equals(REGISTER) ? calls / 4 : calls;
          double[] both = new double[2];
          for (int turn = 0; turn < 2; turn++) {
            int way = (round + turn) & 1;
            long before = ticks();
            statuses
                .computeIfAbsent(each.getKey(), name -> new TreeSet<>())
                .addAll(send(threads, each.getValue(), some / WORKERS, ACCEPT.get(way)));
            both[way] = (ticks() - before) * TICK_MICROS / some;
          }
          if (round >= 0) {
            micros.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(both);
          }
        }
      }
    } finally {
      threads.shutdown();
    }
    System.out.println(
        "call             direct us  Jersey us  direct/Jersey, median (range)  status");
    micros.forEach((name, all) -> print(name, all, statuses.getOrDefault(name, Set.of())));
  }

  private static void print(String name, List<double[]> all, Set<Integer> statuses) {
    double[] direct = all.stream().mapToDouble(both -> both[DIRECT]).sorted().toArray();
    double[] jersey = all.stream().mapToDouble(both -> both[1 - DIRECT]).sorted().toArray();
    double[] ratio =
        all.stream().mapToDouble(both -> both[DIRECT] / both[1 - DIRECT]).sorted().toArray();
    System.out.printf(
        "%-16s %9.0f %10.0f %14.2f (%.2f to %.2f)         %s%n",
        name,
        direct[direct.length / 2],
        jersey[jersey.length / 2],
        ratio[ratio.length / 2],
        ratio[0],
        ratio[ratio.length - 1],
        statuses);
  }

  private Set<Integer> send(ExecutorService threads, Call call, int each, String accept)
      throws Exception {
    List<Callable<Set<Integer>>> tasks = new ArrayList<>();
    for (Worker worker : workers) {
      tasks.add(
          () -> {
            Set<Integer> statuses = new TreeSet<>();
            for (int n = 0; n < each; n++) {
              statuses.add(send(call.of(worker, n), accept).status());
            }
            return statuses;
          });
    }
    Set<Integer> statuses = new TreeSet<>();
    for (Future<Set<Integer>> done : threads.invokeAll(tasks)) {
      statuses.addAll(done.get());
    }
    return statuses;
  }

  /** CPU of the server, in user code and in the kernel. */
  private long ticks() throws IOException {
    String stat = Files.readString(cpu);
    String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(values, 11, 13).mapToLong(Long::parseLong).sum();
  }

  private WireAnswer send(Request request, String accept) throws IOException {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    return http.call(request.verb(), request.path(), request.bearer(), accept, body);
  }

  private String send(Request request) throws IOException {
    WireAnswer answer = send(request, ACCEPT.get(DIRECT));
    if (!answer.ok()) {
      throw new IOException(request.path() + " was answered " + answer.text());
    }
    return answer.text();
  }

  private static String member(String json, String name) throws IOException {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return found.group(1);
  }
}
