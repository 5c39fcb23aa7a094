package dev.sluice.backend.workers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param activeCount running sessions, from 0
 * @param capacity from 1; null keeps it
 * @param draining null keeps it
 * @param projects as {@link Registration#projects}; null keeps them
 * @param quarantined sessions that take slots without a claim, from 0; null keeps the number
 * @param held sessions that it runs; null if it doesn't list them
 * @param counted true if the worker counted its sessions; false for a mere sign of life
 * @param repositories as {@link Registration#repositories}; null keeps them
 * @param quota the worker's accounts, {@link Account#pack packed}; null keeps them
 */
public record Heartbeat(
    int activeCount,
    @Nullable Integer capacity,
    @Nullable Boolean draining,
    @Nullable Projects projects,
    @Nullable Integer quarantined,
    @Nullable List<String> held,
    boolean counted,
    @Nullable List<String> repositories,
    @Nullable String quota) {

  /** Most sessions of a list. */
  public static final int MAX_HELD = 1_000;

  public Heartbeat {
    held = held == null ? null : List.copyOf(held);
    repositories = repositories == null ? null : List.copyOf(repositories);
  }

  public Heartbeat(
      int activeCount,
      @Nullable Integer capacity,
      @Nullable Boolean draining,
      @Nullable Projects projects,
      @Nullable Integer quarantined,
      @Nullable List<String> held,
      boolean counted) {
    this(activeCount, capacity, draining, projects, quarantined, held, counted, null, null);
  }

  public Heartbeat(int activeCount, @Nullable Integer capacity, @Nullable Boolean draining) {
    this(activeCount, capacity, draining, null, null, null, false);
  }

  public Heartbeat admitting(@Nullable Projects admitted) {
    return new Heartbeat(
        activeCount, capacity, draining, admitted, quarantined, held, counted, repositories, quota);
  }

  public Heartbeat listing(@Nullable List<String> listed) {
    return new Heartbeat(
        activeCount, capacity, draining, projects, quarantined, held, counted, listed, quota);
  }

  /** Reports these accounts. */
  public Heartbeat reporting(@Nullable String accounts) {
    return new Heartbeat(
        activeCount,
        capacity,
        draining,
        projects,
        quarantined,
        held,
        counted,
        repositories,
        accounts);
  }

  /** Lists sessions and says nothing else. */
  public static Heartbeat holding(List<String> held) {
    return new Heartbeat(held.size(), null, null, null, null, held, false);
  }
}
