package dev.sluice.bench;

import dev.sluice.bench.Findings.Check;
import dev.sluice.bench.figures.Figure;
import dev.sluice.bench.figures.Figures;
import dev.sluice.bench.options.BenchCredentials;
import dev.sluice.bench.options.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

final class Bench {

  private final BenchOptions options;
  private final BenchCredentials credentials;
  private final Consumer<String> progress;
  private final Findings findings = new Findings();
  private final Figures figures = new Figures();
  private final List<String> notes = new ArrayList<>();
  private final BenchItems items;
  private final BenchLanes lanes;
  private @Nullable EventStreams streams;
  private boolean tokensSeen;
  private boolean claimed;

  private Bench(
      BenchOptions options,
      BenchCredentials credentials,
      Consumer<String> progress,
      BenchLanes lanes) {
    this.options = options;
    this.credentials = credentials;
    this.progress = progress;
    this.items = workItems(options.prefix());
    this.lanes = lanes;
  }

  private BenchItems workItems(String prefix) {
    // The warm-up uses the same projects, so that workers name no more than there are.
    return new BenchItems(
        prefix, options.prefix() + "p", options.projects(), options.payloadBytes());
  }

  /** The report tells of a failed server or check. */
  static BenchReport run(
      BenchOptions options, BenchCredentials credentials, Consumer<String> progress)
      throws UsageException, InterruptedException {
    try (BenchLanes lanes = new BenchLanes(options)) {
      return new Bench(options, credentials, progress, lanes).measure();
    }
  }

  private BenchReport measure() throws UsageException, InterruptedException {
    String failure = "";
    try {
      if (options.hasReaders()) {
        progress.accept("opening " + (options.readers() + options.quietReaders()) + " streams");
        streams =
            EventStreams.open(
                options.url(), credentials.producer(), options.readers(), options.quietReaders());
      }
      switch (options.mode()) {
        case DRAIN -> drain();
        case WAITING -> waiting();
        case EMPTY_POLLS, HEARTBEATS -> steady();
        case LADDER -> ladder();
        case DISPATCH -> dispatch();
      }
    } catch (IOException e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      if (streams != null) {
        streams.close();
      }
    }
    if (claimed && !tokensSeen) {
      notes.add("the server answers no claim tokens, so these were not checked");
    }
    if (lanes.repeats() > 0) {
      notes.add(lanes.repeats() + " requests had to be repeated (--retry)");
    }
    return new BenchReport(options, figures, findings.failed(), failure, List.copyOf(notes));
  }

  private void drain() throws UsageException, IOException, InterruptedException {
    // Asked for before anything is enqueued that could then not be claimed
    Enqueuer enqueuer = options.drainOnly() ? null : enqueuer();
    BenchFleet fleet = options.enqueueOnly() ? null : fleet();
    if (enqueuer != null && fleet != null && options.warmup() > 0) {
      progress.accept("warm-up: " + options.warmup() + " items");
      warmUp(enqueuer, fleet);
    }
    for (int run = 0; run < options.runs(); run++) {
      int from = run * options.items();
      if (enqueuer != null) {
        enqueue(enqueuer, from, options.items(), run);
      }
      if (fleet != null) {
        OnceCheck once =
            options.anyIds()
                ? OnceCheck.ofAny(findings, options.items())
                : OnceCheck.ofNumbered(findings, items, from, options.items());
        progress.accept(run(run) + "claiming");
        claim(fleet, once);
      }
    }
    noteDuplicates(enqueuer);
  }

  private void claim(BenchFleet fleet, OnceCheck once) throws IOException, InterruptedException {
    fleet.muster(capacity(options.items()), projects());
    Drain drain = new Drain(lanes, once, findings, freesSlots(), options.patience());
    beginEvents();
    Stopwatch watch = stopwatch();
    Tally tally = drain.run();
    figures.addRate(Figure.POLLS, tally.latencies.size(), watch.elapsed());
    watch.addCpu(figures);
    if (tally.claimed > 0) {
      figures.addRate(Figure.CLAIMED, tally.claimed, watch.until(tally.lastClaim));
    }
    if (tally.completed > 0) {
      figures.addRate(Figure.COMPLETED, tally.completed, watch.until(tally.lastCompletion));
      watch.addServerCpu(figures, Figure.ITEM_CPU, tally.completed);
    }
    addPolls(tally);
    addEvents(watch.elapsed());
    if (!options.anyIds()) {
      drain.aftermath();
    }
    once.reportMissing();
    fleet.dismiss();
  }

  private void waiting() throws UsageException, IOException, InterruptedException {
    Enqueuer enqueuer = enqueuer();
    BenchFleet fleet = fleet();
    if (options.warmup() > 0) {
      progress.accept("warm-up: " + options.warmup() + " items");
      warmUp(enqueuer, fleet);
    }
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 0, options.items() * options.runs());
    int enqueued = 0;
    for (int run = 0; run < options.runs(); run++) {
      int lacking = options.items() - (enqueued - once.distinct());
      if (lacking > 0) {
        enqueue(enqueuer, enqueued, lacking, run);
        enqueued += lacking;
      }
      fleet.muster(options.capacity(), projects());
      progress.accept(run(run) + options.polls() + " polls");
      Stopwatch watch = stopwatch();
      Tally tally = new WaitingPolls(lanes, once, findings).run(options.polls());
      watch.addCpu(figures);
      addPolls(tally);
      fleet.dismiss();
    }
    notes.add((enqueued - once.distinct()) + " items are left waiting in the projects named above");
    noteDuplicates(enqueuer);
  }

  private void steady() throws UsageException, IOException, InterruptedException {
    BenchFleet fleet = fleet();
    fleet.muster(options.capacity(), projects());
    boolean polls = options.mode() == BenchMode.EMPTY_POLLS;
    SteadyCalls calls =
        new SteadyCalls(
            lanes, findings, polls ? SteadyCalls.Rung.EMPTY_POLL : SteadyCalls.Rung.HEARTBEAT);
    progress.accept("warm-up: " + options.warmup() + " calls");
    calls.times(options.warmup());
    for (int run = 0; run < options.runs(); run++) {
      progress.accept(run(run) + options.mode().word());
      Stopwatch watch = stopwatch();
      Tally tally = calls.forDuration(options.duration());
      figures.addRate(
          polls ? Figure.POLLS : Figure.HEARTBEATS, tally.latencies.size(), watch.elapsed());
      watch.addCpu(figures);
      if (polls) {
        addPolls(tally);
      } else {
        figures.addLatencies(tally.latencies);
      }
    }
    fleet.dismiss();
  }

  private void ladder() throws UsageException, IOException, InterruptedException {
    BenchFleet fleet = fleet();
    fleet.muster(options.capacity(), projects());
    for (int run = 0; run <= options.runs(); run++) {
      for (SteadyCalls.Rung rung : SteadyCalls.Rung.values()) {
        progress.accept((run == 0 ? "warm-up: " : run(run - 1)) + rung.figure().label());
        Stopwatch watch = stopwatch();
        int calls =
            new SteadyCalls(lanes, findings, rung).forDuration(options.duration()).latencies.size();
        if (run > 0) {
          watch.addServerCpu(figures, rung.figure(), calls);
        }
      }
    }
    fleet.dismiss();
  }

  private Stopwatch stopwatch() {
    return Stopwatch.start(lanes, options.serverPids());
  }

  private void dispatch() throws UsageException, IOException, InterruptedException {
    String producer = credentials.producer();
    BenchFleet fleet = fleet();
    fleet.muster(options.capacity(), projects());
    if (options.warmup() > 0) {
      int count = Math.min(options.warmup(), 2 * options.workers());
      progress.accept("warm-up: " + count + " items");
      BenchItems warmers = workItems(options.prefix() + "w");
      dispatch(warmers, producer, 0, count).steadily(options.rate());
    }
    int count =
        options.burst()
            ? options.workers()
            : (int) Math.max(1, options.duration().toMillis() * options.rate() / 1_000);
    for (int run = 0; run < options.runs(); run++) {
      progress.accept(run(run) + count + " items");
      Dispatch dispatch = dispatch(items, producer, run * count, count);
      beginEvents();
      Stopwatch watch = stopwatch();
      if (options.burst()) {
        dispatch.atOnce();
        figures.addBurst(dispatch.latencies());
      } else {
        dispatch.steadily(options.rate());
        figures.addLatencies(dispatch.latencies());
        if (options.stock()) {
          figures.add(Figure.NO_SLOT, (double) findings.count(Check.NO_SLOT));
        }
      }
      watch.addServerCpu(figures, Figure.ITEM_CPU, count);
      addEvents(watch.elapsed());
    }
    fleet.dismiss();
  }

  private void beginEvents() {
    if (streams != null) {
      streams.take();
    }
  }

  private void addEvents(long nanos) throws IOException {
    if (streams != null) {
      streams.check();
      figures.addEvents(streams.take(), nanos);
    }
  }

  private Dispatch dispatch(BenchItems which, String producer, int from, int count) {
    return new Dispatch(lanes, findings, which, producer, from, count, options);
  }

  private void warmUp(Enqueuer enqueuer, BenchFleet fleet)
      throws IOException, InterruptedException {
    BenchItems warmers = workItems(options.prefix() + "w");
    enqueuer.enqueue(warmers, 0, options.warmup());
    fleet.muster(capacity(options.warmup()), projects());
    OnceCheck once = OnceCheck.ofNumbered(findings, warmers, 0, options.warmup());
    Drain drain = new Drain(lanes, once, findings, freesSlots(), options.patience());
    drain.run();
    drain.aftermath();
    once.reportMissing();
    fleet.dismiss();
  }

  private void enqueue(Enqueuer enqueuer, int from, int count, int run)
      throws IOException, InterruptedException {
    progress.accept(run(run) + "enqueueing " + count + " items");
    figures.addRate(Figure.ENQUEUED, count, enqueuer.enqueue(items, from, count));
  }

  private void addPolls(Tally tally) {
    claimed |= tally.claimed > 0;
    tokensSeen |= tally.tokensSeen;
    if (tally.latencies.size() > 0) {
      figures.add(Figure.EMPTY_POLLS, (double) tally.emptyPolls / tally.latencies.size());
    }
    figures.addLatencies(tally.latencies);
  }

  private void noteDuplicates(@Nullable Enqueuer enqueuer) {
    if (enqueuer != null && enqueuer.duplicates() > 0) {
      notes.add(enqueuer.duplicates() + " items were known to the server before");
    }
  }

  private Enqueuer enqueuer() throws UsageException {
    return new Enqueuer(lanes, findings, credentials.producer(), options.batch());
  }

  private BenchFleet fleet() throws UsageException {
    return new BenchFleet(lanes, options, credentials.worker());
  }

  private boolean freesSlots() {
    return options.complete() || options.mode() == BenchMode.WAITING;
  }

  /** No completion frees slots, so each worker needs room for everything. */
  private int capacity(int claims) {
    return freesSlots() ? options.capacity() : Math.max(options.capacity(), claims);
  }

  private List<String> projects() {
    return options.allProjects() || options.anyIds() ? List.of() : items.projectNames();
  }

  private String run(int run) {
    return "run " + (run + 1) + " of " + options.runs() + ": ";
  }
}
