package dev.sluice.backend.sessions;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed, and what follows from it: docs/rules.md, "Failed runs".
 *
 * @param cause as the worker told it, up to {@value #MAX_BYTES} bytes without control characters;
 *     of a refusal of security levels its code
 * @param machine true if the table blames the machine, whatever the work itself says
 */
public record Failure(String cause, Remedy remedy, boolean machine) {

  public static final int MAX_BYTES = 256;

  /** The field of a report that tells the cause, a JSON string. */
  public static final String FIELD = "failureMode";

  /** Causes that only people can remedy. No item may say otherwise. */
  public static final Set<String> FOR_PEOPLE =
      Set.of("agent-blocked", "operator-cancelled", "execution_security_unresolvable");

  private static final Map<Remedy, Set<String>> TABLE =
      Map.of(
          Remedy.ELSEWHERE,
          Set.of(
              "worktree-provision",
              "provider-resolve",
              "spawn-failed",
              "kit-provision",
              "interactive-input",
              "worker_exited_without_result",
              "orphaned",
              "execution_security_unrenderable",
              "execution_security_receipt_unmet"),
          Remedy.NOW,
          Set.of("lost-ownership", "host-restart"),
          Remedy.LATER,
          Set.of("provider-error"),
          Remedy.NEVER,
          Set.of(
              "prompt-render",
              "interactive-unsupported",
              "interactive-config",
              "silent-exit",
              "timeout",
              "no-progress",
              "backstop-failed"));

  private static final Map<String, Remedy> REMEDIES = remedies();

  /** Looks a cause up in the table. A cause without a row ends the session. */
  public static Failure of(String cause) {
    Remedy remedy = REMEDIES.getOrDefault(cause, Remedy.NEVER);
    return new Failure(cause, remedy, remedy == Remedy.ELSEWHERE);
  }

  /**
   * Applies what the work itself says.
   *
   * @param retry a cause to what follows
   */
  public Failure with(Map<String, Remedy> retry) {
    return FOR_PEOPLE.contains(cause)
        ? this
        : new Failure(cause, retry.getOrDefault(cause, remedy), machine);
  }

  /**
   * Returns a cause that is safe for any store and page, in one line; null if it is blank or longer
   * than {@value #MAX_BYTES} bytes.
   */
  public static @Nullable String cause(String told) {
    if (told.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return null;
    }
    @Nullable NackReason safe = NackReason.of(told);
    return safe == null ? null : safe.line();
  }

  /** A detail of {@link Event.Kind#RETURNED}. */
  public String line() {
    return cause + Event.CAUSE + remedy.wire();
  }

  /** Returns the causes of the table. */
  public static Set<String> known() {
    return REMEDIES.keySet();
  }

  private static Map<String, Remedy> remedies() {
    Map<String, Remedy> remedies = new HashMap<>();
    TABLE.forEach((remedy, causes) -> causes.forEach(cause -> remedies.put(cause, remedy)));
    FOR_PEOPLE.forEach(cause -> remedies.put(cause, Remedy.NEVER));
    return Map.copyOf(remedies);
  }
}
