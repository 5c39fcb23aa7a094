package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Page;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.OrgRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class DiscardCases extends FullOrg {

  @Test
  void nothing_is_left() {
    everything();
    String copy = newOrg();
    close(copy, Purpose.IMPORT);
    List<OrgRecord> records = OrgCopy.rehashed(OrgCopy.leave(backend(), org));
    OrgCopy.write(backend(), copy, records);
    OrgCopy.write(backend(), copy, records);

    discard(copy);

    assertThat(read(copy))
        .hasAtLeastOneElementOfType(OrgRecord.Numbers.class)
        .hasOnlyElementsOfTypes(
            OrgRecord.Numbers.class,
            OrgRecord.Logged.class,
            OrgRecord.Revoked.class,
            OrgRecord.Audited.class);
    assertThat(queue().counts(copy)).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
    assertThat(queue().storedBytes(copy)).isZero();
    assertThat(workers().list(copy, null, Page.MAX).items()).isEmpty();
    assertThat(queues().list(copy, null, Page.MAX).items()).isEmpty();
    assertThat(credentials().keys(copy)).isEmpty();
    assertThat(store().contradictions(copy)).isEmpty();
    assertThat(open(copy)).isTrue();
    jump(Duration.ofMillis(RULES.kept().auditMs()));
    sweep();
    assertThat(store().leftovers(copy)).isEmpty();
  }

  @Test
  void it_may_be_filled_again() {
    everything();
    List<OrgRecord> records = OrgCopy.rehashed(OrgCopy.leave(backend(), org));
    String copy = newOrg();
    close(copy, Purpose.IMPORT);
    OrgCopy.write(backend(), copy, records.subList(0, records.size() / 2));
    discard(copy);

    OrgCopy.write(backend(), copy, records);

    assertSame(backend(), copy);
    assertThat(store().contradictions(copy)).isEmpty();
  }

  @Test
  void after_it_the_org_is_empty_for_another_import() {
    enqueue(work("a"));
    cap("web", 1);
    String copy = newOrg();
    close(copy, Purpose.IMPORT);
    OrgCopy.write(backend(), copy, OrgCopy.leave(backend(), org));
    discard(copy);
    open(copy);

    close(copy, Purpose.IMPORT);

    assertThat(transfers().closure(copy)).isPresent();
  }

  @Test
  void keys_and_audit_lines_of_before_stay() {
    audit().add(org, BY, "look", "an item", "");
    Key own = key("own", org);
    credentials().addKey(newHash(), own);
    close(org, Purpose.IMPORT);
    OrgCopy.write(
        backend(), org, List.of(new OrgRecord.StoredKey(newHash(), key("k", "other"), 1)));

    discard(org);

    assertThat(credentials().keys(org)).containsExactly(own);
    assertThat(credentials().lastUses(org)).isEmpty();
    assertThat(auditLines()).extracting(AuditLine::object).containsExactly("an item");
  }

  @Test
  void once_opened_keys_are_the_orgs_own() {
    OrgCopy.enter(
        backend(), org, List.of(new OrgRecord.StoredKey(newHash(), key("k", "other"), 1)));
    close(org, Purpose.IMPORT);

    discard(org);

    assertThat(credentials().keys(org)).containsExactly(key("k", org));
  }

  private static Key key(String id, String org) {
    return new Key(id, org, Key.Type.USER, "", Set.of(), List.of());
  }

  private void discard(String copy) {
    boolean over = false;
    for (int step = 0; step < 1_000 && !over; step++) {
      over = transfers().discardStep(copy, OrgCopy.ID);
    }
    assertThat(over).as("a discard that ends").isTrue();
    assertThat(transfers().discardStep(copy, OrgCopy.ID)).isTrue();
  }
}
