package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.service.auth.secrets.HashingGate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Unknown hashes share few look-ups at a time, so that guesses exhaust neither the store's
 * connections nor its breaker. Known keys are not limited.
 */
public final class KeyLookups {

  private static final Duration KNOWN = Duration.ofSeconds(5);
  private static final Duration UNKNOWN = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofHours(24);
  private static final int MAX_KEYS = 10_000;
  private static final String BUSY = "Too many unknown keys are being looked up; try again";

  private final Credentials credentials;
  private final BooleanSupplier suspect;
  private final HashingGate fresh = new HashingGate(4, 28, BUSY);
  // For addresses that have used up their calls without a valid credential.
  private final HashingGate suspects = new HashingGate(1, 3, BUSY);

  private final ConcurrentMap<String, CompletableFuture<Optional<Key>>> underWay =
      new ConcurrentHashMap<>();

  // Bounds how long a revoked key still counts on this node.
  private final Cache<String, Key> known;
  // Bounds how long a key minted on another node doesn't count here yet.
  private final Cache<String, Boolean> unknown;
  private final Cache<String, Boolean> knownBefore;

  /**
   * {@code suspect} is true if the current address has no calls without a valid credential left.
   */
  public KeyLookups(Credentials credentials, BooleanSupplier suspect, LongSupplier nanoTime) {
    this.credentials = credentials;
    this.suspect = suspect;
    Ticker ticker = nanoTime::getAsLong;
    this.known = cache(ticker).expireAfterWrite(KNOWN).build();
    this.unknown = cache(ticker).expireAfterWrite(UNKNOWN).build();
    this.knownBefore = cache(ticker).expireAfterAccess(REMEMBERED).build();
  }

  private static Caffeine<Object, Object> cache(Ticker ticker) {
    return Caffeine.newBuilder().maximumSize(MAX_KEYS).ticker(ticker);
  }

  Optional<Key> find(String hash) {
    Key key = known.getIfPresent(hash);
    if (key != null) {
      return Optional.of(key);
    }
    return unknown.getIfPresent(hash) != null ? Optional.empty() : shared(hash);
  }

  void forget(String org) {
    known.asMap().values().removeIf(key -> key.org().equals(org));
  }

  private Optional<Key> shared(String hash) {
    CompletableFuture<Optional<Key>> own = new CompletableFuture<>();
    CompletableFuture<Optional<Key>> other = underWay.putIfAbsent(hash, own);
    if (other != null) {
      return result(other);
    }
    try {
      own.complete(admitted(hash));
    } catch (RuntimeException | Error e) {
      own.completeExceptionally(e);
    } finally {
      underWay.remove(hash);
    }
    return result(own);
  }

  private static Optional<Key> result(CompletableFuture<Optional<Key>> lookUp) {
    try {
      return lookUp.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Optional<Key> admitted(String hash) {
    if (knownBefore.getIfPresent(hash) != null) {
      return lookUp(hash);
    }
    return (suspect.getAsBoolean() ? suspects : fresh).pass(() -> lookUp(hash));
  }

  private Optional<Key> lookUp(String hash) {
    Optional<Key> found = credentials.findKey(hash);
    if (found.isPresent()) {
      known.put(hash, found.get());
      knownBefore.put(hash, true);
    } else {
      unknown.put(hash, true);
      knownBefore.invalidate(hash);
    }
    return found;
  }
}
