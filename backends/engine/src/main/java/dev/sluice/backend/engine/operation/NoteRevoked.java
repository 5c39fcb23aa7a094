package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.state.Change;

/** Notes that a key was revoked; answers whether that is new. No change that anybody counts. */
public record NoteRevoked(String keyId) implements Operation<Boolean> {

  @Override
  public Boolean run(Step step) {
    boolean before = step.state().revoked(keyId);
    if (!before) {
      step.applyQuietly(new Change.NoteRevoked(keyId));
    }
    return !before;
  }
}
