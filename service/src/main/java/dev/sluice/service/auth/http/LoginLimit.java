package dev.sluice.service.auth.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.RatePolicy;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Slows down failed logins without locking anyone out: docs/security.md, "Log in". An attempt
 * counts before its check and is taken back on success, so parallel attempts count too. Remembers
 * the latest 10,000 names, addresses and pairs.
 */
final class LoginLimit {

  static final int FREE = 10;

  static final int FREE_UNDER_ATTACK = 3;

  /** Counts from unknown addresses, in a window. */
  static final int PER_NAME = 30;

  /** Counts for any name, in a window; users may share an address. */
  static final int PER_ADDRESS = 30;

  static final Duration WINDOW = Duration.ofMinutes(5);

  static final Duration LONGEST = Duration.ofMinutes(1);

  /** A pair starts again after this time without attempts. */
  static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private static final String FAILED = "Too many failed logins; try again later";

  private static final RatePolicy BY_ADDRESS =
      new RatePolicy("failed-logins", PER_ADDRESS, WINDOW.toSeconds());

  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Pairs pairs = new Pairs();
  private final Counters names = new Counters(PER_NAME);
  private final Counters addresses = new Counters(PER_ADDRESS);
  private final Cache<String, Boolean> knownPairs = cache();

  LoginLimit(Clock clock) {
    this.clock = clock;
  }

  /** Counts an attempt as failed; 429 with the remaining time. */
  void attempt(String name, String address) {
    long now = clock.millis();
    String pair = pair(name, address);
    if (knownPairs.getIfPresent(pair) != null) {
      refuse(pairs.count(pair, now, FREE));
      return;
    }
    refuseAddress(addresses.count(address, now));
    boolean attacked = names.count(name, now) > 0;
    long wait = pairs.count(pair, now, attacked ? FREE_UNDER_ATTACK : FREE);
    if (wait > 0) {
      addresses.takeBack(address);
      names.takeBack(name);
    }
    refuse(wait);
  }

  void succeeded(String name, String address) {
    String pair = pair(name, address);
    takeBack(name, address, pair);
    pairs.forget(pair);
    knownPairs.put(pair, true);
  }

  /** Takes back an attempt that was not checked. */
  void withdraw(String name, String address) {
    String pair = pair(name, address);
    takeBack(name, address, pair);
    pairs.takeBack(pair);
  }

  private void takeBack(String name, String address, String pair) {
    if (knownPairs.getIfPresent(pair) == null) {
      addresses.takeBack(address);
      names.takeBack(name);
    }
  }

  private static String pair(String name, String address) {
    return address + " " + name; // no address has a space
  }

  private static void refuse(long waitMs) {
    if (waitMs > 0) {
      throw ApiException.tooMany(FAILED, Math.max(1, (waitMs + 999) / 1000));
    }
  }

  private static void refuseAddress(long waitMs) {
    if (waitMs > 0) {
      throw ApiException.tooMany(FAILED, Math.max(1, (waitMs + 999) / 1000), BY_ADDRESS);
    }
  }

  private static <V> Cache<String, V> cache() {
    return Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  }

  private static final class Counters {
    private record Failures(int count, long endMs) {}

    private final Cache<String, Failures> byKey = cache();
    private final int most;

    Counters(int most) {
      this.most = most;
    }

    /** Returns the rest of the window in ms if there are too many, else 0. */
    long count(String key, long nowMs) {
      Failures after =
          byKey
              .asMap()
              .compute(
                  key,
                  (k, before) ->
                      before == null || before.endMs() <= nowMs
                          ? new Failures(1, nowMs + WINDOW.toMillis())
                          : new Failures(Math.min(before.count() + 1, most + 1), before.endMs()));
      return after.count() > most ? after.endMs() - nowMs : 0;
    }

    void takeBack(String key) {
      byKey
          .asMap()
          .computeIfPresent(
              key,
              (k, failures) ->
                  failures.count() <= 1
                      ? null
                      : new Failures(failures.count() - 1, failures.endMs()));
    }
  }

  private static final class Pairs {
    private record Failures(int count, long lastMs, long nextMs, boolean refused) {}

    private final Cache<String, Failures> byPair = cache();

    /** Returns the remaining wait in ms, if any. */
    long count(String pair, long nowMs, int free) {
      Failures after = byPair.asMap().compute(pair, (k, before) -> next(before, nowMs, free));
      return after.refused() ? after.nextMs() - nowMs : 0;
    }

    private static Failures next(@Nullable Failures before, long nowMs, int free) {
      if (before == null || before.lastMs() + FORGOTTEN.toMillis() <= nowMs) {
        return new Failures(1, nowMs, nowMs, false);
      }
      if (before.nextMs() > nowMs) {
        return new Failures(before.count(), before.lastMs(), before.nextMs(), true);
      }
      int count = before.count() + 1;
      return new Failures(count, nowMs, nowMs + pause(count - free), false);
    }

    private static long pause(int beyond) {
      if (beyond < 0) {
        return 0;
      }
      return Math.min(LONGEST.toMillis(), 1000L << Math.min(beyond, 10));
    }

    void takeBack(String pair) {
      byPair
          .asMap()
          .computeIfPresent(
              pair,
              (k, failures) ->
                  failures.count() <= 1
                      ? null
                      : new Failures(
                          failures.count() - 1, failures.lastMs(), failures.lastMs(), false));
    }

    void forget(String pair) {
      byPair.invalidate(pair);
    }
  }
}
