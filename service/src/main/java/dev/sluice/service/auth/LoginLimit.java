package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.errors.ApiException;
import java.time.Clock;
import java.time.Duration;

/**
 * How often a login may fail: so many times a name, and so many times an address, in each window
 * that begins with the first of them. Each node counts for itself.
 *
 * <p>An attempt is counted before its password is looked at, and taken back where that was right:
 * otherwise any number could be under way before the first has failed. Only the latest 10,000 names
 * and addresses are remembered, whatever comes.
 */
final class LoginLimit {

  /** Failures of one name, whatever the address: so long a password may be guessed at. */
  static final int PER_NAME = 10;

  /** Failures of one address, whatever the name; higher, since many may share one. */
  static final int PER_ADDRESS = 30;

  /** How long failures count. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private record Failures(int count, long endMs) {}

  private static final class Counters {
    private final Cache<String, Failures> byKey = Caffeine.newBuilder().maximumSize(10_000).build();
    private final int most;

    Counters(int most) {
      this.most = most;
    }

    /** How long it must wait, in ms; 0 if it may go on, and then it is counted. */
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

    void forget(String key) {
      byKey.invalidate(key);
    }
  }

  private final Clock clock;
  private final Counters names = new Counters(PER_NAME);
  private final Counters addresses = new Counters(PER_ADDRESS);

  LoginLimit(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts an attempt as failed.
   *
   * @param address as {@link ClientAddress} makes it
   * @throws ApiException 429 with the time that is left
   */
  void attempt(String name, String address) {
    long now = clock.millis();
    refuse(addresses.count(address, now));
    long wait = names.count(name, now);
    if (wait > 0) {
      addresses.takeBack(address);
    }
    refuse(wait);
  }

  /** Takes an attempt back that was right. */
  void succeeded(String name, String address) {
    names.forget(name);
    addresses.takeBack(address);
  }

  /** Takes an attempt back that wasn't judged. */
  void withdraw(String name, String address) {
    names.takeBack(name);
    addresses.takeBack(address);
  }

  private static void refuse(long waitMs) {
    if (waitMs > 0) {
      throw ApiException.tooMany(
          "Too many failed logins; try again later", Math.max(1, (waitMs + 999) / 1000));
    }
  }
}
