package dev.sluice.service.health;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Notices a heap that stays full. The JVM may collect for minutes, free a little each time, and
 * serve no call, before it throws an {@link OutOfMemoryError}, if it does.
 */
final class HeapWatch {

  static final int MOST_IN_A_ROW = 5;
  private static final double FULL = 0.95;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Collectors of the whole heap: serial, parallel, G1, ZGC without and with generations. */
  private static final Set<String> COLLECTORS =
      Set.of(
          "MarkSweepCompact",
          "PS MarkSweep",
          "G1 Old Generation",
          "ZGC Cycles",
          "ZGC Major Cycles",
          "Shenandoah Cycles");

  private final FailStop failStop;
  private final long max;
  private long collections;
  private int inARow;

  HeapWatch(FailStop failStop) {
    this(failStop, Runtime.getRuntime().maxMemory());
  }

  HeapWatch(FailStop failStop, long max) {
    this.failStop = failStop;
    this.max = max;
  }

  void start() {
    Thread thread = new Thread(this::watch, "sluice-heap");
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  private void watch() {
    List<GarbageCollectorMXBean> collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> COLLECTORS.contains(collector.getName()))
            .toList();
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    while (failStop.failure() == null) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        long now = 0;
        for (GarbageCollectorMXBean collector : collectors) {
          now += collector.getCollectionCount();
        }
        long left = 0;
        for (MemoryPoolMXBean pool : pools) {
          @Nullable MemoryUsage usage = pool.getCollectionUsage();
          left += usage == null ? 0 : usage.getUsed();
        }
        look(now, left);
      } catch (OutOfMemoryError full) {
        failStop.check(full);
      }
    }
  }

  /**
   * @param full collections of the whole heap so far
   * @param left bytes that the latest could not free
   */
  void look(long full, long left) {
    if (full == collections) {
      return;
    }
    collections = full;
    inARow = left >= FULL * max ? inARow + 1 : 0;
    if (inARow == MOST_IN_A_ROW) {
      failStop.fail(
          "the heap stays full: "
              + MOST_IN_A_ROW
              + " looks in a row at full collections left over 95% of "
              + max / 1024 / 1024
              + " MB; start with a larger heap (java -Xmx)");
    }
  }
}
