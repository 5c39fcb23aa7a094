package dev.sluice.service.findings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingKind;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A finding. Times are epoch ms.
 *
 * @param subject absent for the whole org
 * @param beganAt absent if it is over, and kept for its mute
 * @param mutedUntil absent if not muted now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindingAnswer(
    String key,
    String kind,
    String severity,
    @Nullable String subject,
    @Nullable String project,
    String words,
    @Nullable Long beganAt,
    @Nullable Owner owner,
    @Nullable Long mutedUntil,
    @Nullable String mutedBy) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Owner(String actor, long since, @Nullable String reason) {}

  public record FindingList(List<FindingAnswer> findings) {

    public static FindingList of(List<Finding> findings, Predicate<Finding> shown, long now) {
      return new FindingList(
          findings.stream().filter(shown).map(each -> FindingAnswer.of(each, now)).toList());
    }
  }

  public static FindingAnswer of(Finding finding, long now) {
    FindingKind kind = FindingKind.of(finding.kind());
    boolean muted = finding.muted(now);
    return new FindingAnswer(
        finding.key(),
        finding.kind(),
        kind != null && kind.critical() ? "critical" : "warning",
        orNull(finding.subject()),
        orNull(finding.project()),
        finding.words(),
        finding.stands() ? finding.beganAtMs() : null,
        owner(finding),
        muted ? finding.mutedUntilMs() : null,
        muted ? finding.mutedBy() : null);
  }

  private static @Nullable Owner owner(Finding finding) {
    String actor = finding.owner();
    return actor == null ? null : new Owner(actor, finding.ownedAtMs(), orNull(finding.reason()));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
