package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.cli.wire.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Moves an org. Until the source is told where the org is now, it opens again by itself and the
 * target stays closed; from then on the target has everything, and the same call opens it.
 */
final class Move {

  /** A source whose mover died opens after this time. */
  private static final int CLOSED_SECONDS = 30;

  private static final int RENEWED_SECONDS = 3;
  private static final int LOOK_MS = 500;
  private static final String REASON = "move from ";
  private static final String REHEARSAL = "rehearsal of the ";

  private final MoveSide from;
  private final MoveSide to;
  private final String reason;
  private final Consumer<String> tell;
  private final boolean newTokens;
  private final SessionFollower.Pause pause;
  private final LongSupplier nanoTime;

  Move(
      ApiClient from,
      ApiClient to,
      String source,
      String target,
      Consumer<String> tell,
      boolean newTokens,
      SessionFollower.Pause pause,
      LongSupplier nanoTime) {
    this.from = new MoveSide(from, source, pause);
    this.to = new MoveSide(to, target, pause);
    this.reason = REASON + source;
    this.tell = tell;
    this.newTokens = newTokens;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** Changes nothing but for a moment in which the target is closed. Returns the report. */
  String check() throws IOException, InterruptedException {
    JsonNode source = from.closure();
    if (source.path("closed").asBoolean()) {
      throw new IOException("the source is closed: " + source.path("reason").asText());
    }
    if (to.closure().path("closed").asBoolean()) {
      throw new IOException("the target is closed: " + to.closure().path("reason").asText());
    }
    requireTokens(source, to.closure());
    to.checkEmpty();
    return "ready to move from " + from.url() + " to " + to.url();
  }

  /** Returns the report. */
  String run() throws IOException, InterruptedException {
    JsonNode source = from.closure();
    if (source.path("movedTo").asText().equals(to.url())) {
      finish();
      return "the source had been moved; the target is open";
    }
    awaitEarlier(source);
    requireTokens(source, to.closure());
    rehearse();
    String id = "move-" + UUID.randomUUID();
    long began = nanoTime.getAsLong();
    tell.accept("closing the source and moving");
    JsonNode closed = from.close(id, closing(), CLOSED_SECONDS);
    MovedLines lines = new MovedLines();
    try (Renewal renewal = new Renewal(id, closed.path("since").asLong())) {
      discardEarlier();
      from.export(id, all -> take(lines, all));
      tell.accept("moved " + lines.records() + " records; comparing");
      to.export(to.closure().path("id").asText(), lines::compare);
      if (!lines.differences().isEmpty()) {
        throw new IOException(lines.differences());
      }
      renewal.end();
      from.leave(id, "moved", to.url());
    } catch (IOException | InterruptedException | RuntimeException failed) {
      backOut(id);
      throw failed;
    }
    finish();
    long ms = (nanoTime.getAsLong() - began) / 1_000_000;
    return "moved and compared "
        + lines.records()
        + " records: "
        + lines.words()
        + "; closed for "
        + ms
        + " ms; the source answers 503 and names "
        + to.url();
  }

  /** Until both have got no faster. */
  private void rehearse() throws IOException, InterruptedException {
    discardRehearsal();
    int sessions = Rehearsal.sessions(from.unended());
    if (sessions == 0 || to.closure().path("closed").asBoolean()) {
      return;
    }
    long fastest = Long.MAX_VALUE;
    int idle = 0;
    for (int round = 0; round < Rehearsal.ROUNDS && idle < Rehearsal.IDLE_ROUNDS; round++) {
      long took = rehearse(sessions);
      tell.accept(
          "rehearsal %d of at most %d: %d sessions in %.1f s"
              .formatted(round + 1, Rehearsal.ROUNDS, sessions, took / 1e9));
      idle = took > fastest * Rehearsal.NO_FASTER ? idle + 1 : 0;
      fastest = Math.min(fastest, took);
    }
  }

  /** Returns the time, ns. */
  private long rehearse(int sessions) throws IOException, InterruptedException {
    long began = nanoTime.getAsLong();
    try {
      from.rehearse();
      to.take(new MovedLines().remember(Rehearsal.lines(sessions)), REHEARSAL + reason);
      to.export(to.closure().path("id").asText(), new MovedLines()::compare);
      return nanoTime.getAsLong() - began;
    } finally {
      discardRehearsal();
    }
  }

  private void discardRehearsal() throws IOException, InterruptedException {
    JsonNode target = to.closure();
    if (imports(target, REHEARSAL + reason)) {
      to.discard(target);
    }
  }

  /** Opens the target, which has everything; it may be open already. */
  private void finish() throws IOException, InterruptedException {
    JsonNode target = to.closure();
    if (ours(target) && target.path("imported").path("done").asBoolean()) {
      to.open(target.path("id").asText());
    } else if (target.path("closed").asBoolean()) {
      throw new IOException("the target is closed: " + target.path("reason").asText());
    }
  }

  private boolean ours(JsonNode target) {
    return imports(target, reason);
  }

  private static boolean imports(JsonNode target, String reason) {
    return target.path("purpose").asText().equals("import")
        && target.path("reason").asText().equals(reason);
  }

  /** Workers would have to register again, and would lose their claims. */
  private void requireTokens(JsonNode source, JsonNode target) throws IOException {
    String signing = source.path("tokenKeys").path(0).asText();
    boolean accepted = false;
    for (int i = 1; i < target.path("tokenKeys").size(); i++) {
      accepted |= target.path("tokenKeys").path(i).asText().equals(signing);
    }
    if (!accepted && !newTokens) {
      throw new IOException(
          "the target refuses the tokens of running workers: add the source's secret to"
              + " credentials.previousJwtSecrets of the target (its SLUICE_JWT_SECRET, else"
              + " signing.key in its data directory, of a cluster cluster-signing.key, on Redis"
              + " {sluice}:signing-secret), or let workers register again (--new-tokens)");
    }
  }

  private void take(MovedLines lines, InputStream all) throws IOException {
    try {
      to.take(lines.remember(all), reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String closing() {
    return "move to " + to.url();
  }

  /** Waits until the closure of a mover that died ends. */
  private void awaitEarlier(JsonNode before) throws IOException, InterruptedException {
    for (JsonNode now = before; now.path("closed").asBoolean(); now = from.closure()) {
      if (!now.path("reason").asText().equals(closing())) {
        throw new IOException("the source is closed: " + now.path("reason").asText());
      }
      if (!now.path("until").equals(before.path("until"))) {
        throw new IOException("another move of the source is running");
      }
      pause.ms(LOOK_MS);
    }
  }

  /** Empties the target of the leftovers of a mover that died, while the source went on. */
  private void discardEarlier() throws IOException, InterruptedException {
    JsonNode target = to.closure();
    if (ours(target)) {
      tell.accept("discarding what an earlier move has left at the target");
      to.discard(target);
    } else if (target.path("closed").asBoolean()) {
      throw new IOException("the target is closed: " + target.path("reason").asText());
    }
  }

  /** The source first: the target may be dead, and stays closed. */
  private void backOut(String id) {
    try {
      if (opened(id)) {
        discard();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false if the target may have the org by now. */
  private boolean opened(String id) throws InterruptedException {
    try {
      JsonNode source = from.closure();
      if (source.path("movedTo").asText().equals(to.url())) {
        tell.accept("the last step is unclear: call move again to end it");
        return false;
      }
      if (source.path("id").asText().equals(id)) {
        from.open(id);
      } else if (source.path("closed").asBoolean()) {
        tell.accept("the source is closed by another move or export");
        return false;
      }
      tell.accept("the source is open again");
      return true;
    } catch (IOException e) {
      tell.accept(
          "the source opens by itself within "
              + CLOSED_SECONDS
              + " s; move again, or discard at the target (restore --discard): "
              + e.getMessage());
      return false;
    }
  }

  /**
   * A mover closes the source before it imports: while it is open, no other mover's import stands.
   */
  private void discard() throws InterruptedException {
    try {
      JsonNode target = to.closure();
      if (ours(target) && !from.closure().path("closed").asBoolean()) {
        to.discard(target);
      }
    } catch (IOException e) {
      tell.accept(
          "the target stays closed with what it has taken, until the next move or restore --discard: "
              + e.getMessage());
    }
  }

  /** Keeps the source closed. */
  private final class Renewal implements AutoCloseable {

    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sluice-move");
              thread.setDaemon(true);
              return thread;
            });
    private final String id;
    private final long since;

    Renewal(String id, long since) {
      this.id = id;
      this.since = since;
      timer.scheduleWithFixedDelay(this::renew, RENEWED_SECONDS, RENEWED_SECONDS, TimeUnit.SECONDS);
    }

    private void renew() {
      try {
        check();
      } catch (IOException e) {
        tell.accept(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Renews, and throws if the source was open meanwhile. */
    void check() throws IOException, InterruptedException {
      JsonNode closed = from.close(id, closing(), CLOSED_SECONDS);
      if (closed.path("since").asLong() != since) {
        throw new IOException("the source was open for changes meanwhile");
      }
    }

    /** Renews for the last time. */
    void end() throws IOException, InterruptedException {
      timer.shutdown();
      if (!timer.awaitTermination(CLOSED_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the source doesn't answer");
      }
      check();
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
