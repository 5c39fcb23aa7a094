package dev.sluice.bench.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

public enum BenchOption {
  URL("URL", "http://127.0.0.1:8080", "the server"),
  MODE(
      "MODE",
      "drain",
      "drain: enqueue the items, then claim them all; empty-polls: poll an empty queue; waiting:"
          + " single polls while the items wait, the rest is left; heartbeats; ladder: what a call"
          + " costs the server, by how much of it the call uses, with --server-pids; dispatch:"
          + " items one by one for workers whose polls wait, from enqueue to hand-out"),
  WORKERS("W", "16", "workers to register (dispatch: default 100)"),
  WORKERS_URL("URL", null, "dispatch: where the workers poll; default: --url"),
  ADMIN_URL("URL", "http://127.0.0.1:8081", "ladder: the admin connector of the server"),
  SERVER_PIDS(
      "PID,PID",
      null,
      "processes of the server and its store on this machine, whose CPU time is told too"),
  RATE("N", "50", "dispatch: items a second"),
  BURST(null, null, "dispatch: enqueue one item for each worker in a single request"),
  STOCK(
      null,
      null,
      "dispatch: --workers of each dialect, which poll as the stock clients do, without wait, and"
          + " run each item for a while; by default with one slot and for 30 s"),
  READERS("N", "0", "drain, dispatch: streams of all events, whose age at their arrival is told"),
  QUIET_READERS("N", "0", "drain, dispatch: streams of events that don't come"),
  CONNECTIONS(
      "C",
      "8",
      "keep-alive connections, one request in flight on each; at most W; dispatch: one a worker"),
  CAPACITY("N", "5", "slots of each worker; without --complete at least the number of items"),
  ITEMS("N", "10000", "items to enqueue and expect"),
  PAYLOAD_BYTES("N", "500", "length of an item's JSON"),
  PROJECTS(
      "P",
      "1",
      "projects over which the items are spread; every worker names them all, beyond 1000 only with"
          + " --all-projects"),
  ALL_PROJECTS(null, null, "workers take work of all projects"),
  BATCH("N", "500", "items in one enqueue request, at most 1000"),
  COMPLETE(null, null, "drain: report running and completed for each item, which frees its slot"),
  ENQUEUE_ONLY(null, null, "drain: stop after the enqueue"),
  DRAIN_ONLY(
      null,
      null,
      "drain: expect what an --enqueue-only run of the same --prefix and --items left, or without"
          + " --prefix that many items of any ids and projects"),
  PREFIX("TEXT", null, "of all session ids and project names; default: a new one each time"),
  PATIENCE("SECONDS", "10", "drain: time without an item after which the rest counts as missing"),
  RETRY("SECONDS", "0", "time to repeat calls while the server is away or answers 503 or 429"),
  SECONDS("SECONDS", "10", "empty-polls, heartbeats, ladder, dispatch: length of a run"),
  POLLS("N", "1000", "waiting: polls in one run"),
  RUNS("R", "1", "runs, for the minimum, median and maximum of each figure"),
  WARMUP("N", "2000", "items, or calls, before the first run that are not counted"),
  TIMEOUT("SECONDS", "30", "time-out of an answer"),
  REGISTRATION_TOKEN(
      "KEY", null, "registers workers; better in the environment: SLUICE_REGISTRATION_TOKEN"),
  API_KEY("KEY", null, "enqueues; better in the environment: SLUICE_API_KEY"),
  LEGACY_KEY(
      "KEY", null, "registers workers and enqueues; better in the environment: WORKER_API_KEY"),
  CREDENTIALS(
      "FILE",
      null,
      "file of KEY=VALUE lines with the other credentials; default ./data/credentials.env if it"
          + " exists"),
  JSON(null, null, "print one line of JSON");

  private final @Nullable String metavar;
  private final @Nullable String defaultValue;
  private final String help;

  BenchOption(@Nullable String metavar, @Nullable String defaultValue, String help) {
    this.metavar = metavar;
    this.defaultValue = defaultValue;
    this.help = help;
  }

  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Null for a switch. */
  public @Nullable String metavar() {
    return metavar;
  }

  public String defaultValue() {
    if (defaultValue == null) {
      throw new IllegalStateException(flag() + " has no default");
    }
    return defaultValue;
  }

  public String help() {
    return defaultValue == null ? help : help + " (default " + defaultValue + ")";
  }
}
