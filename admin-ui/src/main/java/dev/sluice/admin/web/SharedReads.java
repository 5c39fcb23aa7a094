package dev.sluice.admin.web;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.VisitorRole;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.control.Searches;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares a page's content for one second among visitors of the same org and role: fifty tabs cost
 * the store one read. Concurrent requests wait for the first. A new mark reads again. Frames and
 * whole pages are never shared.
 */
final class SharedReads {

  private static final Duration MAX_AGE = Duration.ofSeconds(1);
  private static final int MOST = 500;

  private final AsyncCache<Key, Read> reads;

  private record Key(
      String org,
      @Nullable String linkOrg,
      VisitorRole role,
      boolean everyOrg,
      URI server,
      String mark,
      boolean away,
      String address) {}

  private sealed interface Read permits Made, Failed, Refused {}

  private record Made(Content content) implements Read {}

  private record Failed(RuntimeException problem) implements Read {}

  /** Other visitors don't get it, since it is about the searches of one. */
  private record Refused(Searches.TooManyException problem) implements Read {}

  SharedReads(Ticker ticker) {
    reads =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(MAX_AGE)
            .ticker(ticker)
            .scheduler(Scheduler.systemScheduler())
            .buildAsync();
  }

  Content content(String address, Visit visit, Function<Visit, Content> page) {
    Key key =
        new Key(
            visit.org(),
            visit.links().org(),
            visit.visitor().role(),
            visit.visitor().everyOrg(),
            visit.server(),
            visit.reading().mark(),
            visit.reading().away(),
            address);
    CompletableFuture<Read> mine = new CompletableFuture<>();
    CompletableFuture<Read> there = reads.asMap().putIfAbsent(key, mine);
    if (there == null) {
      Read read = make(mine, visit, page);
      if (read instanceof Refused) {
        reads.asMap().remove(key, mine);
      }
      return shown(read);
    }
    try {
      Read read = there.join();
      return read instanceof Refused ? page.apply(visit) : shown(read);
    } catch (CompletionException e) { // it met with something of its own; this one tries itself
      return page.apply(visit);
    }
  }

  private static Read make(
      CompletableFuture<Read> mine, Visit visit, Function<Visit, Content> page) {
    try {
      Read read = read(visit, page);
      mine.complete(read);
      return read;
    } catch (Throwable e) {
      mine.completeExceptionally(e); // which takes it out again
      throw e;
    }
  }

  private static Read read(Visit visit, Function<Visit, Content> page) {
    try {
      return new Made(page.apply(visit));
    } catch (PageException | RefusedException | BackendUnavailableException e) {
      return new Failed(e);
    } catch (Searches.TooManyException e) {
      return new Refused(e);
    }
  }

  private static Content shown(Read read) {
    if (read instanceof Made made) {
      return made.content();
    }
    throw read instanceof Failed failed ? failed.problem() : ((Refused) read).problem();
  }
}
