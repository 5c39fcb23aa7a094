package dev.sluice.backend.engine.memory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.RepeatingBackend;
import dev.sluice.backend.tck.contract.RepeatingEngine;
import java.util.List;

public record MemoryUnderTest(MemoryBackend backend) implements BackendUnderTest {

  public MemoryUnderTest(Rules rules, MovableClock clock) {
    this(new MemoryBackend(AnswerLog.environment(rules, clock)));
  }

  private StoreScalpel scalpel() {
    return new StoreScalpel(backend);
  }

  @Override
  public QueueBackend anotherNode() {
    return new MemoryBackend(backend.store());
  }

  @Override
  public void damage(String org, String sessionId) {
    scalpel().damage(org, sessionId);
  }

  @Override
  public void loseItem(String org, String sessionId) {
    scalpel().loseItem(org, sessionId);
  }

  @Override
  public List<String> leftovers(String org) {
    return scalpel().leftovers(org);
  }

  @Override
  public String contradictions(String org) {
    return scalpel().contradictions(org);
  }

  @Override
  public RepeatingBackend repeating() {
    return new RepeatingEngine(backend.store());
  }

  @Override
  public void close() {
    backend.close();
  }
}
