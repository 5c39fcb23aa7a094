package dev.sluice.backend.redis;

import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.script.ScriptNames;
import dev.sluice.backend.redis.server.CountingProxy;
import dev.sluice.backend.tck.RepeatingBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A node whose connections are cut once a script has run, while it loses answers. */
final class RepeatingRedis implements RepeatingBackend {

  /** More in a row are an outage. */
  private static final int MOST_CUTS = 3;

  /** Number of answers before the cuts that keep them from being an outage. */
  private static final int ANSWERS = 8;

  /** The kit has no org of an older layout; nothing sends it again. */
  private static final Set<String> NOT_CALLED = Set.of("RAISE_LAYOUT");

  private final CountingProxy proxy;
  private final QueueBackend backend;
  private final Map<String, String> names;

  RepeatingRedis(int port, Function<CountingProxy, QueueBackend> node, Rules rules) {
    proxy = new CountingProxy(port);
    backend = node.apply(proxy);
    names = ScriptNames.bySha(rules.withDefaults(0, 1_000_000, 0));
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
        .map(names::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> writes() {
    Set<String> writes = new TreeSet<>(ScriptNames.all());
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
