package dev.sluice.backend.findings;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition on record.
 *
 * @param key see {@link SeenFinding#key}
 * @param words as last stored
 * @param beganAtMs epoch ms; 0 if over and kept for its mute alone
 * @param owner the actor that acknowledged it last; null if none
 * @param ownedAtMs epoch ms; 0 without an owner
 * @param reason of the acknowledgement; may be empty
 * @param mutedUntilMs epoch ms; 0 if not muted, may be over
 * @param mutedBy null if not muted
 */
@RecordBuilder
public record Finding(
    String key,
    String kind,
    String subject,
    String project,
    String words,
    long beganAtMs,
    @Nullable String owner,
    long ownedAtMs,
    String reason,
    long mutedUntilMs,
    @Nullable String mutedBy)
    implements FindingBuilder.With {

  public static Finding begun(SeenFinding seen, long atMs) {
    return new Finding(
        seen.key(),
        seen.kind(),
        seen.subject(),
        seen.project(),
        seen.words(),
        atMs,
        null,
        0,
        "",
        0,
        null);
  }

  public boolean stands() {
    return beganAtMs != 0;
  }

  public boolean muted(long now) {
    return mutedUntilMs > now;
  }

  /** Begins again under a mute that outlasted it. */
  public Finding again(SeenFinding seen, long atMs) {
    return open(again -> again.project(seen.project()).words(seen.words()).beganAtMs(atMs));
  }

  /** Ends; the acknowledgement goes, the mute stays. */
  public Finding ended() {
    return open(ended -> ended.beganAtMs(0));
  }

  private Finding open(Consumer<FindingBuilder> change) {
    return with(change.andThen(open -> open.owner(null).ownedAtMs(0).reason("")));
  }

  public Finding ownedBy(String actor, String why, long atMs) {
    return with(owned -> owned.owner(actor).ownedAtMs(atMs).reason(why));
  }

  /**
   * @param untilMs epoch ms; 0 ends the mute
   */
  public Finding mutedBy(String actor, long untilMs) {
    return with(muted -> muted.mutedUntilMs(untilMs).mutedBy(untilMs == 0 ? null : actor));
  }
}
