package dev.sluice.service.browser;

class HazelcastFirstItemIT extends FirstItemJourney {

  @Override
  public Dashboard startDashboard() {
    return Dashboard.onHazelcast();
  }
}
