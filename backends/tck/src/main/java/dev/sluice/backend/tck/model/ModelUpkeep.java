package dev.sluice.backend.tck.model;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Decided;
import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.StoredTime;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Expiry by time, retention, health. */
final class ModelUpkeep implements Upkeep {

  private final ModelStore store;

  ModelUpkeep(ModelStore store) {
    this.store = store;
  }

  @Override
  public List<String> orgs() {
    return store.alone(
        () ->
            store.orgs().stream()
                .filter(org -> org.seq > 0 || !org.revoked.isEmpty())
                .map(org -> org.id)
                .toList());
  }

  @Override
  public SweepResult sweepStep(String org) {
    return store.turn(org, state -> new SweepStep(state).run()).value();
  }

  @Override
  public Map<String, Long> timesAhead() {
    return store.alone(
        () -> {
          Map<String, Long> ahead = new TreeMap<>();
          for (OrgState org : store.orgs()) {
            if (StoredTime.warning(org.id, org.now - org.clock) != null) {
              ahead.put(org.id, org.now - org.clock);
            }
          }
          return ahead;
        });
  }

  @Override
  public Decided<StoredTime> setTime(String org, AuditNote note) {
    return store.turn(org, state -> new TimeSetting(state).set(note));
  }

  @Override
  public StoreHealth health() {
    return store.alone(
        () -> {
          List<String> warnings = new ArrayList<>();
          for (OrgState org : store.orgs()) {
            org.sessions.stream()
                .filter(session -> session.damaged)
                .map(session -> "damaged record: session " + session.id() + " of org " + org.id)
                .forEach(warnings::add);
          }
          timesAhead().forEach((org, ms) -> warnings.add(StoredTime.warning(org, ms)));
          return new StoreHealth(List.of(), warnings);
        });
  }
}
