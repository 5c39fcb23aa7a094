package dev.sluice.bench;

import dev.sluice.bench.options.BenchOption;
import dev.sluice.bench.options.UsageException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checked options of a measurement; see {@link BenchOption}. */
record BenchOptions(
    URI url,
    BenchMode mode,
    int workers,
    URI workersUrl,
    URI adminUrl,
    List<Long> serverPids,
    int rate,
    boolean burst,
    boolean stock,
    int readers,
    int quietReaders,
    int connections,
    int capacity,
    int items,
    int payloadBytes,
    int projects,
    boolean allProjects,
    int batch,
    boolean complete,
    boolean enqueueOnly,
    boolean drainOnly,
    String prefix,
    boolean prefixGiven,
    Duration patience,
    Duration retry,
    Duration duration,
    int polls,
    int runs,
    int warmup,
    Duration timeout,
    boolean json) {

  /**
   * Characters that need no escaping in JSON, paths and headers; the rest of 256 bytes is for
   * numbers.
   */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

  /** Below the server's limit of 8 MiB. */
  private static final int MAX_REQUEST_BYTES = 7 * 1024 * 1024;

  private static final int MOST_IN_A_REQUEST = 1_000;

  private static final int MOST_NAMED = 1_000;

  private static final int DISPATCH_WORKERS = 100;

  private static final Duration STOCK_DURATION = Duration.ofSeconds(30);

  private static final int DAY = 86_400;

  /** {@code typed} returns any text for a switch. */
  static BenchOptions parse(Function<BenchOption, @Nullable String> typed, String newPrefix)
      throws UsageException {
    Values values = new Values(typed);
    String prefix = typed.apply(BenchOption.PREFIX);
    int payloadBytes = values.number(BenchOption.PAYLOAD_BYTES, 0, 1_000_000);
    BenchMode mode = mode(values.text(BenchOption.MODE));
    boolean dispatch = mode == BenchMode.DISPATCH;
    boolean stock = values.given(BenchOption.STOCK);
    int workers =
        (dispatch && !values.given(BenchOption.WORKERS)
                ? DISPATCH_WORKERS
                : values.number(BenchOption.WORKERS, 1, 100_000))
            * (stock ? StockDialect.values().length : 1);
    String url = values.text(BenchOption.URL);
    String workersUrl = typed.apply(BenchOption.WORKERS_URL);
    BenchOptions options =
        new BenchOptions(
            url("--url", url),
            mode,
            workers,
            url("--workers-url", workersUrl == null ? url : workersUrl),
            url("--admin-url", values.text(BenchOption.ADMIN_URL)),
            pids(typed.apply(BenchOption.SERVER_PIDS)),
            values.number(BenchOption.RATE, 1, 10_000),
            values.given(BenchOption.BURST),
            stock,
            values.number(BenchOption.READERS, 0, 10_000),
            values.number(BenchOption.QUIET_READERS, 0, 10_000),
            dispatch
                ? workers + 1
                : Math.min(workers, values.number(BenchOption.CONNECTIONS, 1, 10_000)),
            stock && !values.given(BenchOption.CAPACITY)
                ? 1
                : values.number(BenchOption.CAPACITY, 1, 1_000_000),
            values.number(BenchOption.ITEMS, 1, 10_000_000),
            payloadBytes,
            values.number(BenchOption.PROJECTS, 1, 100_000),
            values.given(BenchOption.ALL_PROJECTS),
            Math.min(
                values.number(BenchOption.BATCH, 1, 1_000),
                // an item's fixed members may be longer than the payload asked for
                MAX_REQUEST_BYTES / (payloadBytes + 1_000)),
            values.given(BenchOption.COMPLETE),
            values.given(BenchOption.ENQUEUE_ONLY),
            values.given(BenchOption.DRAIN_ONLY),
            prefix == null ? newPrefix : prefix,
            prefix != null,
            values.seconds(BenchOption.PATIENCE, 0),
            values.seconds(BenchOption.RETRY, 0),
            stock && !values.given(BenchOption.SECONDS)
                ? STOCK_DURATION
                : values.seconds(BenchOption.SECONDS, 0.01),
            values.number(BenchOption.POLLS, 1, 10_000_000),
            values.number(BenchOption.RUNS, 1, 1_000),
            values.number(BenchOption.WARMUP, 0, 10_000_000),
            values.seconds(BenchOption.TIMEOUT, 0.01),
            values.given(BenchOption.JSON));
    options.check();
    return options;
  }

  private void check() throws UsageException {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new UsageException("--prefix takes 1 to 200 letters, digits and any of . _ ~ - only");
    }
    if (mode != BenchMode.DRAIN && (complete || enqueueOnly || drainOnly)) {
      throw new UsageException(
          "--complete, --enqueue-only and --drain-only belong to --mode drain");
    }
    if (mode != BenchMode.DISPATCH && (burst || stock || !workersUrl.equals(url))) {
      throw new UsageException("--burst, --stock and --workers-url belong to --mode dispatch");
    }
    if (mode != BenchMode.DRAIN && mode != BenchMode.DISPATCH && hasReaders()) {
      throw new UsageException(
          "--readers and --quiet-readers belong to --mode drain and --mode dispatch");
    }
    if (hasReaders() && !"http".equalsIgnoreCase(url.getScheme())) {
      throw new UsageException("--readers and --quiet-readers take an http:// server");
    }
    if (mode == BenchMode.LADDER && serverPids.isEmpty()) {
      throw new UsageException("--mode ladder needs --server-pids");
    }
    if (burst && stock) {
      throw new UsageException("--burst and --stock exclude each other");
    }
    if (burst && workers > MOST_IN_A_REQUEST) {
      throw new UsageException(
          "--burst enqueues an item for each worker in one request, of at most "
              + MOST_IN_A_REQUEST);
    }
    if (!allProjects && !enqueueOnly && projects > MOST_NAMED) {
      throw new UsageException(
          "--projects beyond "
              + MOST_NAMED
              + " needs --all-projects: a worker can't name more of them");
    }
    if (enqueueOnly && drainOnly) {
      throw new UsageException("--enqueue-only and --drain-only exclude each other");
    }
    if (enqueueOnly && complete) {
      throw new UsageException("--enqueue-only claims nothing that could be completed");
    }
    if (drainOnly && runs > 1) {
      throw new UsageException("--drain-only can't have several --runs: the first empties it");
    }
    if ((long) items * runs > BenchItems.MAX) {
      throw new UsageException("--items times --runs may be " + BenchItems.MAX + " at most");
    }
  }

  boolean hasReaders() {
    return readers + quietReaders > 0;
  }

  /** True if another tool enqueued the work. */
  boolean anyIds() {
    return drainOnly && !prefixGiven;
  }

  private static URI url(String option, String text) throws UsageException {
    try {
      URI url = URI.create(text);
      boolean web =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      if (web
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new UsageException(option + " must be http(s)://HOST[:PORT][/BASE]");
  }

  private static List<Long> pids(@Nullable String typed) throws UsageException {
    List<Long> pids = new ArrayList<>();
    for (String pid : typed == null ? List.<String>of() : List.of(typed.split(",", -1))) {
      try {
        if (!cpuKnown(Long.parseLong(pid))) {
          throw new UsageException("--server-pids: the CPU time of " + pid + " is not known");
        }
        pids.add(Long.parseLong(pid));
      } catch (NumberFormatException e) {
        throw new UsageException("--server-pids must be process ids, joined by commas");
      }
    }
    return List.copyOf(pids);
  }

  private static boolean cpuKnown(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).isPresent();
  }

  private static BenchMode mode(String word) throws UsageException {
    return BenchMode.of(word)
        .orElseThrow(() -> new UsageException("--mode must be one of " + BenchMode.words()));
  }

  private record Values(Function<BenchOption, @Nullable String> typed) {

    boolean given(BenchOption option) {
      return typed.apply(option) != null;
    }

    String text(BenchOption option) {
      String text = typed.apply(option);
      return text == null ? option.defaultValue() : text;
    }

    int number(BenchOption option, int min, int max) throws UsageException {
      try {
        int number = Integer.parseInt(text(option));
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new UsageException(
          option.flag() + " must be a whole number from " + min + " to " + max);
    }

    Duration seconds(BenchOption option, double min) throws UsageException {
      try {
        double seconds = Double.parseDouble(text(option));
        if (seconds >= min && seconds <= DAY) {
          return Duration.ofMillis(Math.round(seconds * 1000));
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new UsageException(
          option.flag() + " must be a number of seconds from " + min + " to " + DAY);
    }
  }
}
