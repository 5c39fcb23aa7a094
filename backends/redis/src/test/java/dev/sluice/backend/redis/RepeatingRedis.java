package dev.sluice.backend.redis;

import dev.sluice.backend.redis.function.FunctionNames;
import dev.sluice.backend.redis.server.CountingProxy;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.RepeatingBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A node whose connections are cut once a function has run, while it loses answers. */
final class RepeatingRedis implements RepeatingBackend {

  /** More in a row are an outage. */
  private static final int MOST_CUTS = 3;

  /** Number of answers before the cuts that keep them from being an outage. */
  private static final int ANSWERS = 8;

  /** The kit has no org of an older layout; nothing sends it again. */
  private static final Set<String> NOT_CALLED = Set.of("RAISE_LAYOUT");

  private final CountingProxy proxy;
  private final QueueBackend backend;

  RepeatingRedis(int port, Function<CountingProxy, QueueBackend> node) {
    proxy = new CountingProxy(port);
    backend = node.apply(proxy);
  }

  @Override
  public QueueBackend backend() {
    return backend;
  }

  @Override
  public <T> T losing(Supplier<T> call) {
    for (int i = 0; i < ANSWERS; i++) {
      backend.work().counts("none");
    }
    proxy.cutOff("{kit-", MOST_CUTS);
    try {
      return call.get();
    } finally {
      proxy.cutOff("", 0);
    }
  }

  @Override
  public Set<String> lost() {
    return proxy.cutOff().stream()
        .map(FunctionNames::of)
        .filter(writes()::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> writes() {
    Set<String> writes = new TreeSet<>(FunctionNames.all());
    writes.removeAll(NOT_CALLED);
    return writes;
  }

  @Override
  public void close() {
    backend.close();
    try {
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
