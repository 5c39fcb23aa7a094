package dev.sluice.service.health;

import com.codahale.metrics.health.HealthCheck;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.store.Upkeep;

/** The message has warnings. */
public final class StoreCheck extends HealthCheck {

  private final Upkeep upkeep;

  public StoreCheck(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  protected Result check() {
    try {
      StoreHealth health = upkeep.health();
      String warnings = String.join("; ", health.warnings());
      return health.healthy()
          ? Result.healthy("%s", warnings.isEmpty() ? "OK" : warnings)
          : Result.unhealthy("%s", String.join("; ", health.problems()));
    } catch (BackendUnavailableException e) {
      return Result.unhealthy("%s", e.getMessage());
    }
  }
}
