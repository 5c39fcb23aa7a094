package dev.sluice.backend.keys;

public enum Scope {
  WORKER_REGISTER("worker:register"),
  WORK_WRITE("work:write"),
  WORK_READ("work:read"),
  FLEET_READ("fleet:read"),
  FLEET_WRITE("fleet:write"),
  KEYS_WRITE("keys:write");

  private final String wire;

  Scope(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }
}
