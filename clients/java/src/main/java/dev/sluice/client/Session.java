package dev.sluice.client;

import dev.sluice.client.Transport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A session that this worker runs. */
public final class Session {

  private final Worker worker;
  private final String id;
  private final Map<String, Object> item;
  private final boolean adopted;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile long claim;
  private volatile boolean stopped;
  private volatile boolean lost;
  private boolean handling;
  private final Thread thread;

  Session(
      Worker worker,
      String id,
      Map<String, Object> item,
      boolean adopted,
      long claim,
      Handler handler,
      Optional<Session> before) {
    this.worker = worker;
    this.id = id;
    this.item = item;
    this.adopted = adopted;
    this.claim = claim;
    this.thread = new Thread(() -> run(handler, before), "sluice-session-" + id);
  }

  public String id() {
    return id;
  }

  /** The item as it was enqueued, with its defaults. */
  public Map<String, Object> item() {
    return item;
  }

  /** True if an earlier process of this worker began the session. */
  public boolean adopted() {
    return adopted;
  }

  /** True once the session was stopped, or belongs to another worker. */
  public boolean stopped() {
    return stopped || lost;
  }

  /** True once the worker drains: it waits some time for the end of the session. */
  public boolean draining() {
    return worker.draining();
  }

  /** Tells people what the agent is doing. */
  public void progress(String message) throws IOException, InterruptedException {
    tell("progress", Map.of("message", message));
  }

  /**
   * Stores what the agent thinks, does or says.
   *
   * @param type {@code thought}, {@code action}, {@code response}, {@code error} or {@code context}
   */
  public void activity(String type, String content) throws IOException, InterruptedException {
    tell("activity", Map.of("activity", Map.of("type", type, "content", content)));
  }

  /** Reports members of a status while the session runs, such as {@code totalCostUsd}. */
  public void report(Map<String, ?> members) throws IOException, InterruptedException {
    Map<String, Object> body = new HashMap<>(members);
    body.put("status", "running");
    tell("status", body);
  }

  /** Waits for a message, and acknowledges it. */
  public Optional<Message> nextMessage(Duration longest) throws IOException, InterruptedException {
    Message message = messages.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (message != null) {
      tell("inbox/ack", Map.of("messageId", message.id(), "lane", message.lane()));
    }
    return Optional.ofNullable(message);
  }

  void start() {
    thread.start();
  }

  void join(Duration longest) throws InterruptedException {
    thread.join(Math.max(1, longest.toMillis()));
  }

  /** A stop isn't acknowledged: the report of the end releases the session. */
  void hear(Message message) {
    if (message.type().equals("stop")) {
      stop();
    } else if (seen.add(message.id())) {
      messages.add(message);
    }
  }

  void stop() {
    stopped = true;
    interrupt();
  }

  /** From now on, nothing is reported. */
  void lose() {
    lost = true;
    interrupt();
  }

  /** A sign of life, which also asks whether the session goes on. */
  void refresh() throws IOException, InterruptedException {
    Answer answer = once("lock-refresh", Map.of());
    if (answer.ok() && Boolean.TRUE.equals(answer.body().get("stop"))) {
      stop();
    } else if (answer.ok() && Boolean.FALSE.equals(answer.body().get("refreshed"))) {
      lose();
    }
  }

  private void run(Handler handler, Optional<Session> before) {
    try {
      if (before.isPresent()) {
        before.get().thread.join(); // an earlier claim of the same session, which was lost
      }
      Optional<String> refusal = adopted ? Optional.empty() : worker.refusal(item);
      if (refusal.isPresent()) {
        tell("nack", Map.of("reason", refusal.get()));
      } else if (adopted || tell("status", Map.of("status", "running")).ok()) {
        Outcome outcome = handle(handler);
        if (!lost) {
          Map<String, Object> report = new HashMap<>(outcome.report());
          if (stopped) {
            report.put("status", "stopped");
          }
          tell("status", report);
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      worker.log("Session " + id + " ended without a report: " + e);
    } finally {
      worker.ended(this);
    }
  }

  private Outcome handle(Handler handler) {
    synchronized (this) {
      handling = true;
    }
    if (stopped()) {
      interrupt();
    }
    try {
      return handler.run(this);
    } catch (Exception e) {
      return Outcome.failed(e.toString());
    } finally {
      synchronized (this) {
        handling = false;
        Thread.interrupted(); // the report still has to be made
      }
    }
  }

  private synchronized void interrupt() {
    if (handling) {
      thread.interrupt();
    }
  }

  /** Repeats a call until Sluice has heard it, or the session is lost. */
  private Answer tell(String call, Map<String, ?> body) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      long retryAfterMs = 0;
      try {
        Answer answer = once(call, body);
        if (!answer.later() || lost) {
          if (answer.status() == 403 || answer.status() == 404) {
            lose();
          }
          return answer;
        }
        retryAfterMs = answer.retryAfterMs();
      } catch (IOException e) {
        if (lost) {
          return new Answer(0, Map.of(), 0);
        }
      }
      Thread.sleep(Transport.pauseMs(failures, retryAfterMs));
    }
  }

  private Answer once(String call, Map<String, ?> body) throws IOException, InterruptedException {
    Map<String, String> headers =
        claim == 0 ? Map.of() : Map.of("X-Sluice-Claim", String.valueOf(claim));
    String path = "/api/sessions/" + Transport.segment(id) + "/" + call;
    Answer answer = worker.call("POST", path, body, headers);
    long token = Json.number(Json.object(answer.body(), "claim"), "token");
    if (token > claim) {
      claim = token;
    }
    return answer;
  }
}
