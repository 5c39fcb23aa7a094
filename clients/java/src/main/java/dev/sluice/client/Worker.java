package dev.sluice.client;

import dev.sluice.client.Transport.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes work from Sluice and runs it, up to {@code capacity} sessions at a time.
 *
 * <p>It registers, polls, accepts, sends heartbeats, repeats calls that got no answer, refreshes
 * its token, registers again when Sluice doesn't know it, and hands stops and messages to the
 * sessions.
 */
public final class Worker {

  private static final int POLL_SECONDS = 20;
  private static final int SIGN_INS = 3;

  private final Transport transport;
  private final Options options;
  private final Map<String, Session> running = new ConcurrentHashMap<>();
  private final CountDownLatch drain = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Identity identity = new Identity("", "");
  private volatile long heartbeatMs = 30_000;

  private record Identity(String id, String token) {}

  private Worker(Options options) {
    this.options = options;
    this.transport = new Transport(options.url);
  }

  /**
   * @param registrationToken a key that may register workers
   */
  public static Options at(String url, String registrationToken) {
    return new Options(url, registrationToken);
  }

  /** Settings of a worker; each has a default. */
  public static final class Options {
    private final String url;
    private final String key;
    private String hostname = machineName();
    private String machineId = "";
    private int capacity = 1;
    private List<String> projects = List.of();
    private List<String> capabilities = List.of();
    private Collection<String> adopted = Set.of();
    private Consumer<String> reaped = id -> {};
    private Function<Map<String, Object>, Optional<String>> refuse = item -> Optional.empty();
    private Duration drainTime = Duration.ofSeconds(25);
    private boolean drainOnExit = true;
    private Consumer<String> log =
        line -> System.getLogger("dev.sluice.client").log(System.Logger.Level.INFO, line);

    private Options(String url, String key) {
      this.url = url;
      this.key = key;
    }

    /** Sets a label for people. Defaults to the name of this machine. */
    public Options hostname(String name) {
      hostname = name;
      return this;
    }

    /**
     * Sets the name by which a worker that restarts is known again. Each worker that runs on the
     * machine at the same time needs another one. Defaults to the hostname.
     */
    public Options machineId(String id) {
      machineId = id;
      return this;
    }

    /** Sets the number of sessions that run at a time. Defaults to 1. */
    public Options capacity(int sessions) {
      capacity = sessions;
      return this;
    }

    /** Sets the projects whose work it takes. Defaults to all. */
    public Options projects(String... names) {
      projects = List.of(names);
      return this;
    }

    /** Sets the capabilities that items may require. Defaults to none. */
    public Options capabilities(String... names) {
      capabilities = List.of(names);
      return this;
    }

    /**
     * Names sessions whose agents an earlier process of this worker has started, and which still
     * run. The handler gets those that this worker may go on with.
     *
     * @param reaper gets the ids of the others, whose agents must be ended
     */
    public Options adopt(Collection<String> ids, Consumer<String> reaper) {
      adopted = List.copyOf(ids);
      reaped = reaper;
      return this;
    }

    /** Sets a check of items before they run; a reason gives the item back to the queue. */
    public Options refuse(Function<Map<String, Object>, Optional<String>> check) {
      refuse = check;
      return this;
    }

    /** Sets the time that a drain gives sessions to end. Defaults to 25 s. */
    public Options drainTime(Duration longest) {
      drainTime = longest;
      return this;
    }

    /** Sets whether SIGTERM and the end of the JVM drain the worker. Defaults to true. */
    public Options drainOnExit(boolean on) {
      drainOnExit = on;
      return this;
    }

    /** Sets the reader of lines about troubles. Defaults to the logger of the JDK. */
    public Options log(Consumer<String> lines) {
      log = lines;
      return this;
    }

    public Worker build() {
      return new Worker(this);
    }

    private static String machineName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (IOException e) {
        return "localhost";
      }
    }
  }

  /**
   * Works until it is drained.
   *
   * @throws SluiceException if the registration token doesn't allow it
   */
  public void run(Handler handler) throws InterruptedException {
    Thread hook = new Thread(this::drainAndWait, "sluice-drain");
    Thread beats = new Thread(this::beatAlways, "sluice-heartbeat");
    beats.setDaemon(true);
    if (options.drainOnExit) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
    try {
      begin(handler);
      beats.start();
      pollUntilDrained(handler);
    } finally {
      over.countDown();
      beats.interrupt();
      try {
        leave();
      } finally {
        done.countDown();
        if (options.drainOnExit) {
          removeHook(hook);
        }
      }
    }
  }

  /**
   * Takes no more work, lets sessions end, and gives those back that take too long. {@link #run}
   * returns then.
   */
  public void drain() {
    drain.countDown();
  }

  private void drainAndWait() {
    drain();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending, and the hook waits for this very call
    }
  }

  boolean draining() {
    return drain.getCount() == 0;
  }

  private void begin(Handler handler) throws InterruptedException {
    Map<String, Object> verdicts = Map.of();
    for (int failures = 0; !draining(); failures++) {
      try {
        verdicts = register(identity);
        break;
      } catch (IOException e) {
        log("Registering failed: " + e);
        drain.await(Transport.pauseMs(failures, 0), TimeUnit.MILLISECONDS);
      }
    }
    for (String id : options.adopted) {
      if (Set.of("keep", "adopt").contains(Json.text(verdicts, id))) {
        start(handler, id, itemOf(id), true, 0);
      } else {
        options.reaped.accept(id);
      }
    }
  }

  private Map<String, Object> itemOf(String id) throws InterruptedException {
    try {
      Answer answer =
          call("GET", "/api/daemon/sessions/" + Transport.segment(id), Map.of(), Map.of());
      return answer.ok() ? answer.body() : Map.of("sessionId", id);
    } catch (IOException e) {
      return Map.of("sessionId", id);
    }
  }

  private void pollUntilDrained(Handler handler) throws InterruptedException {
    Thread told = new Thread(() -> endPollOnDrain(handler), "sluice-draining");
    told.setDaemon(true);
    told.start();
    long end = Long.MAX_VALUE;
    for (int failures = 0; !draining() || !running.isEmpty(); ) {
      if (draining() && end == Long.MAX_VALUE) {
        end = System.nanoTime() + options.drainTime.toNanos();
      }
      if (draining() && System.nanoTime() > end) {
        return;
      }
      try {
        String wait = draining() ? "wait=1" : "wait=" + POLL_SECONDS + "&slots=now";
        Answer answer = call("GET", "/api/workers/{id}/poll?" + wait, Map.of(), Map.of());
        if (answer.ok()) {
          failures = 0;
          take(handler, answer.body());
        } else {
          log("A poll failed: " + answer.problem().getMessage());
          pause(failures++, answer.retryAfterMs());
        }
      } catch (IOException e) {
        log("A poll got no answer: " + e);
        pause(failures++, 0);
        // Its answer may have brought work. Two heartbeats without that work let it return at once.
        beat();
        beat();
      }
    }
  }

  private void pause(int failures, long retryAfterMs) throws InterruptedException {
    long ms = Transport.pauseMs(failures, retryAfterMs);
    if (draining()) {
      Thread.sleep(Math.min(ms, 1_000));
    } else {
      drain.await(ms, TimeUnit.MILLISECONDS);
    }
  }

  /** Another poll ends the one that waits. */
  private void endPollOnDrain(Handler handler) {
    try {
      drain.await();
      beat();
      take(handler, call("GET", "/api/workers/{id}/poll?wait=0", Map.of(), Map.of()).body());
    } catch (IOException | SluiceException e) {
      log("A poll failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Handler handler, Map<String, Object> poll) {
    for (Object each : Json.list(poll, "work")) {
      Map<String, Object> item = Json.object(each);
      String id = Json.text(item, "sessionId");
      long claim = Json.number(Json.object(Json.object(poll, "claims"), id), "token");
      start(handler, id, item, false, claim);
    }
    Json.object(poll, "inboxMessages")
        .forEach(
            (id, messages) -> {
              Session session = running.get(id);
              if (session != null && messages instanceof List<?> list) {
                list.forEach(message -> session.hear(Message.of(Json.object(message))));
              }
            });
  }

  private void start(
      Handler handler, String id, Map<String, Object> item, boolean adopted, long claim) {
    Optional<Session> before = Optional.ofNullable(running.get(id));
    before.ifPresent(Session::lose);
    Session session = new Session(this, id, item, adopted, claim, handler, before);
    running.put(id, session);
    session.start();
  }

  void ended(Session session) {
    running.remove(session.id(), session);
  }

  Optional<String> refusal(Map<String, Object> item) {
    return draining() ? Optional.of("The worker is draining") : options.refuse.apply(item);
  }

  void log(String line) {
    options.log.accept(line);
  }

  private void beatAlways() {
    try {
      while (!over.await((long) (heartbeatMs * 0.9), TimeUnit.MILLISECONDS)) {
        beat();
        for (Session session : running.values()) {
          refresh(session);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh(Session session) throws InterruptedException {
    try {
      session.refresh();
    } catch (IOException | SluiceException e) {
      log("A lock-refresh failed: " + e);
    }
  }

  private void beat() throws InterruptedException {
    Map<String, Session> held = Map.copyOf(running);
    Map<String, Object> body = new HashMap<>();
    body.put("activeCount", held.size());
    body.put("sessions", held.keySet());
    if (draining()) {
      body.put("status", "draining");
    }
    try {
      Answer answer = call("POST", "/api/workers/{id}/heartbeat", body, Map.of());
      reap(Json.object(answer.body(), "sessions"), held);
    } catch (IOException | SluiceException e) {
      log("A heartbeat failed: " + e);
    }
  }

  /** A session that began after the list was made isn't meant. */
  private void reap(Map<String, Object> verdicts, Map<String, Session> held)
      throws InterruptedException {
    for (Map.Entry<String, Session> each : held.entrySet()) {
      if (Json.text(verdicts, each.getKey()).equals("reap")) {
        refresh(each.getValue()); // tells a stop, whose end is reported
        if (!each.getValue().stopped()) {
          each.getValue().lose();
        }
      }
    }
  }

  /** Sessions that still run return to the queue. */
  private void leave() throws InterruptedException {
    for (Session session : running.values()) {
      session.lose();
    }
    if (!identity.id.isEmpty()) {
      try {
        call("DELETE", "/api/workers/{id}", Map.of(), Map.of());
      } catch (IOException | SluiceException e) {
        log("Deregistering failed: " + e);
      }
    }
  }

  /**
   * Makes a call as this worker, and again with a new token, or as a new worker, if Sluice wants
   * one. {@code {id}} in the path stands for the id of the worker.
   */
  Answer call(String method, String path, Map<String, ?> body, Map<String, String> headers)
      throws IOException, InterruptedException {
    for (int signIns = 0; ; signIns++) {
      Identity used = identity;
      Map<String, Object> signed = new HashMap<>(body);
      signed.put("workerId", used.id);
      Answer answer =
          transport.call(method, path.replace("{id}", used.id), used.token, signed, headers);
      boolean gone = Set.of("worker-gone", "worker-not-found").contains(answer.code());
      if (answer.status() != 401 && !gone || signIns == SIGN_INS || method.equals("DELETE")) {
        return answer;
      }
      signIn(used, gone);
    }
  }

  private synchronized void signIn(Identity used, boolean gone)
      throws IOException, InterruptedException {
    if (!identity.equals(used)) {
      return; // another thread has done it
    }
    if (!gone) {
      Answer answer =
          transport.call(
              "POST",
              "/api/workers/" + used.id + "/refresh-token",
              options.key,
              Map.of(),
              Map.of());
      if (answer.ok()) {
        identity = identity(answer.body());
        return;
      }
      if (answer.later()) {
        throw new IOException(answer.problem());
      }
    }
    Map<String, Session> held = Map.copyOf(running);
    reap(register(used), held);
  }

  private synchronized Map<String, Object> register(Identity used)
      throws IOException, InterruptedException {
    List<String> sessions = new ArrayList<>(running.keySet());
    if (used.id.isEmpty()) {
      sessions.addAll(options.adopted);
    }
    Answer answer =
        transport.call(
            "POST",
            "/api/workers/register",
            options.key,
            Map.of(
                "hostname", options.hostname,
                "machineId", options.machineId.isEmpty() ? options.hostname : options.machineId,
                "capacity", options.capacity,
                "projects", options.projects,
                "capabilities", options.capabilities,
                "sessions", sessions),
            Map.of());
    if (answer.later()) {
      throw new IOException(answer.problem());
    }
    if (!answer.ok()) {
      throw answer.problem();
    }
    identity = identity(answer.body());
    heartbeatMs = Math.max(100, Json.number(answer.body(), "heartbeatInterval"));
    return Json.object(answer.body(), "sessions");
  }

  /** A worker with a legacy key has no token of its own. */
  private Identity identity(Map<String, Object> body) {
    String token = Json.text(body, "runtimeToken");
    return new Identity(Json.text(body, "workerId"), token.isEmpty() ? options.key : token);
  }
}
