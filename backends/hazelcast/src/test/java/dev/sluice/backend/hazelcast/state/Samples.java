package dev.sluice.backend.hazelcast.state;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.Holder;
import dev.sluice.backend.Lane;
import dev.sluice.backend.MessageType;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Rules;
import dev.sluice.backend.SessionState;
import dev.sluice.backend.StatusReport;
import dev.sluice.backend.hazelcast.operation.Ack;
import dev.sluice.backend.hazelcast.operation.Beat;
import dev.sluice.backend.hazelcast.operation.Deregister;
import dev.sluice.backend.hazelcast.operation.Enqueue;
import dev.sluice.backend.hazelcast.operation.Nack;
import dev.sluice.backend.hazelcast.operation.Operation;
import dev.sluice.backend.hazelcast.operation.Poll;
import dev.sluice.backend.hazelcast.operation.Register;
import dev.sluice.backend.hazelcast.operation.Report;
import dev.sluice.backend.hazelcast.operation.Send;
import dev.sluice.backend.hazelcast.operation.Stop;
import dev.sluice.backend.hazelcast.operation.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Random operations that meet each other often: few sessions, few workers, time in long steps. */
public final class Samples {

  private static final List<List<String>> CAPABILITIES =
      List.of(List.of(), List.of(), List.of("gpu"), List.of("gpu", "linux"));

  private final Random random;
  private final int sessions;
  private long nowMs = 1_700_000_000_000L;
  private long messages;

  /**
   * @param sessions how many different ones there may be
   */
  public Samples(long seed, int sessions) {
    random = new Random(seed);
    this.sessions = sessions;
  }

  /** The time of the next operation, epoch ms. */
  public long nowMs() {
    return nowMs;
  }

  /** The rules to run them by: small limits, so that they are met. */
  public static Rules rules() {
    Rules rules = Rules.DEFAULTS;
    return new Rules(
        rules.leaseMs(),
        rules.acceptMs(),
        rules.acceptGoDaemonMs(),
        rules.stopGraceMs(),
        rules.visibilityMs(),
        rules.nackBackoffMs(),
        rules.maxItemsPerPoll(),
        rules.messagesPerRead(),
        rules.normalShare(),
        5,
        2,
        3,
        2,
        20);
  }

  /** The next operation, a little later than the last. */
  public Operation<?> next() {
    nowMs += random.nextInt(100) < 97 ? random.nextInt(3_000) : random.nextInt(400_000);
    String worker = "worker-" + random.nextInt(8);
    Holder holder = new Holder(worker, null, 0);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> enqueue();
      case 3 -> register(worker);
      case 4 -> new Beat(worker, null, new dev.sluice.backend.Heartbeat(9, null, null));
      case 5, 6, 7, 8 -> new Poll(worker, null, "request-" + random.nextInt(1_000), 3);
      case 9 -> new Nack(session(), holder);
      case 10, 11 -> new Report(session(), holder, report());
      case 12 -> new Stop(session(), "user", null, 0, nowMs);
      case 13 -> new Send(session(), MessageType.NUDGE, lane(), null, null, ++messages, nowMs);
      case 14 ->
          random.nextInt(5) == 0
              ? new Deregister(worker, null)
              : new Ack(session(), nowMs + "-1", lane(), null);
      default -> new Sweep();
    };
  }

  private Enqueue enqueue() {
    List<Enqueue.Item> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String id = session();
      items.add(
          new Enqueue.Item(
              id,
              id,
              "ISSUE-" + random.nextInt(50),
              random.nextInt(5) == 0 ? "default" : "project-" + random.nextInt(3),
              CAPABILITIES.get(random.nextInt(CAPABILITIES.size())),
              1 + random.nextInt(9),
              nowMs - random.nextInt(3),
              "hash",
              random.nextLong()));
    }
    return new Enqueue(items, nowMs);
  }

  private Register register(String worker) {
    Dialect dialect = Dialect.values()[random.nextInt(3)];
    List<String> projects = random.nextBoolean() ? List.of() : List.of("project-1", "project-2");
    List<String> capabilities = random.nextBoolean() ? List.of() : List.of("linux", "gpu");
    return new Register(
        new Registration(
            worker, "key", dialect, "host", 4, projects, capabilities, false, "{\"a\":1}"));
  }

  private StatusReport report() {
    SessionState[] targets = {
      SessionState.RUNNING, SessionState.FINALIZING, SessionState.COMPLETED, SessionState.FAILED
    };
    TreeMap<String, String> fields = new TreeMap<>();
    fields.put("field-" + random.nextInt(3), "\"" + random.nextInt() + "\"");
    return new StatusReport(targets[random.nextInt(targets.length)], fields);
  }

  private String session() {
    return "session-" + random.nextInt(sessions);
  }

  private Lane lane() {
    return random.nextBoolean() ? Lane.URGENT : Lane.NORMAL;
  }
}
