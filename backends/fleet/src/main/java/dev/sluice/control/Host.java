package dev.sluice.control;

import dev.sluice.backend.workers.Worker;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The workers with the same host name in their registrations, a label that workers choose.
 *
 * @param workers all, also replaced, revoked and silent ones
 */
public record Host(String name, List<Worker> workers) {

  public Host {
    workers = List.copyOf(workers);
  }

  /** By name. */
  public static List<Host> in(Collection<Worker> workers) {
    return workers.stream()
        .collect(
            Collectors.groupingBy(
                worker -> worker.registration().hostname(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(each -> new Host(each.getKey(), each.getValue()))
        .toList();
  }

  /** Claimed sessions. */
  public int sessions() {
    return workers.stream().mapToInt(worker -> worker.activeSessions().size()).sum();
  }

  /** Workers that may still get work, now or after their next sign of life. */
  public long workersInUse() {
    return workers.stream().filter(Host::inUse).count();
  }

  public long draining() {
    return workers.stream().filter(Host::inUse).filter(Host::draining).count();
  }

  /** By an operator: {@link #draining} counts those too that drain themselves. */
  public long drained() {
    return workers.stream().filter(Host::inUse).filter(Worker::drained).count();
  }

  /** True if no worker holds a session or may get one. */
  public boolean safeToReboot() {
    return sessions() == 0 && draining() == workersInUse();
  }

  private static boolean inUse(Worker worker) {
    return !worker.retired() && !worker.revoked();
  }

  private static boolean draining(Worker worker) {
    return worker.drained() || worker.registration().draining();
  }
}
