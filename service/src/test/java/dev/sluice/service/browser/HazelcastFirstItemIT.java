package dev.sluice.service.browser;

class HazelcastFirstItemIT extends FirstItemJourney {

  @Override
  Dashboard startDashboard() {
    return Dashboard.onHazelcast();
  }
}
