package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.service.errors.ApiException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyLookupsTest {

  private static final Key KEY =
      new Key("key_1", "default", Key.Type.USER, "a key", Set.of(), List.of());

  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean suspect = new AtomicBoolean();
  private final Map<String, Key> stored = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger mostBusy = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile CountDownLatch open = new CountDownLatch(0);

  private final KeyLookups lookups = new KeyLookups(store(), suspect::get, now::get);

  @AfterEach
  void stop() {
    open.countDown();
    threads.shutdownNow();
  }

  @Test
  void anUnknownKeyIsAskedForOnceInAMoment() {
    for (int i = 0; i < 100; i++) {
      assertThat(lookups.find("guess")).isEmpty();
    }
    assertThat(asked).hasValue(1);
    stored.put("guess", KEY); // minted on another node
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(lookups.find("guess")).contains(KEY);
  }

  @Test
  void aKeyRevokedElsewhereEndsWithinFiveSeconds() {
    stored.put("key", KEY);
    assertThat(lookups.find("key")).contains(KEY);
    stored.clear();
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(lookups.find("key")).isEmpty();
  }

  @Test
  void aKeyRevokedHereEndsAtOnce() {
    stored.put("key", KEY);
    lookups.find("key");
    stored.clear();
    lookups.forget("elsewhere");
    assertThat(lookups.find("key")).contains(KEY);
    lookups.forget("default");
    assertThat(lookups.find("key")).isEmpty();
  }

  @Test
  void aFloodOfGuessesUsesFewLookupsAndLeavesKnownKeysAlone() throws Exception {
    stored.put("known", KEY);
    lookups.find("known");
    now.addAndGet(Duration.ofSeconds(5).toNanos()); // it must be asked for again
    open = new CountDownLatch(1);
    List<Future<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String guess = "guess-" + i;
      guesses.add(threads.submit(() -> status(guess)));
    }
    for (int refused = 0; refused < 168; refused++) { // all but those that hold or await one
      assertThat(anyDone(guesses)).isEqualTo(429);
    }
    assertThat(mostBusy).hasValueLessThanOrEqualTo(4);
    Future<Optional<Key>> known = threads.submit(() -> lookups.find("known"));
    while (busy.get() < 5) { // it is in the store beside those four
      Thread.yield();
    }
    open.countDown();
    assertThat(known.get()).contains(KEY);
  }

  @Test
  void aSuspectAddressDoesNotKeepOthersOut() throws Exception {
    suspect.set(true);
    open = new CountDownLatch(1);
    List<Future<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String guess = "guess-" + i;
      guesses.add(threads.submit(() -> status(guess)));
    }
    for (int refused = 0; refused < 16; refused++) {
      assertThat(anyDone(guesses)).isEqualTo(429);
    }
    assertThat(mostBusy).hasValueLessThanOrEqualTo(1);
    suspect.set(false);
    stored.put("new", KEY);
    Future<Integer> other = threads.submit(() -> status("new"));
    while (busy.get() < 2) {
      Thread.yield();
    }
    open.countDown();
    assertThat(other.get()).isEqualTo(200);
  }

  @Test
  void callsWithOneNewKeyShareOneLookup() throws Exception {
    stored.put("new", KEY);
    open = new CountDownLatch(1);
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(threads.submit(() -> status("new")));
    }
    open.countDown();
    for (Future<Integer> call : calls) {
      assertThat(call.get()).isEqualTo(200);
    }
    assertThat(asked).hasValue(1);
  }

  private int status(String hash) {
    try {
      return lookups.find(hash).isPresent() ? 200 : 401;
    } catch (ApiException refused) {
      return refused.status();
    }
  }

  private static int anyDone(List<Future<Integer>> calls) throws Exception {
    while (true) {
      for (Future<Integer> call : calls) {
        if (call.isDone()) {
          calls.remove(call);
          return call.get();
        }
      }
      Thread.yield();
    }
  }

  /** Answers once open. */
  private Credentials store() {
    return (Credentials)
        Proxy.newProxyInstance(
            Credentials.class.getClassLoader(),
            new Class<?>[] {Credentials.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("findKey");
              asked.incrementAndGet();
              int together = busy.incrementAndGet();
              mostBusy.accumulateAndGet(together, Math::max);
              open.await();
              busy.decrementAndGet();
              return Optional.ofNullable(stored.get((String) arguments[0]));
            });
  }
}
