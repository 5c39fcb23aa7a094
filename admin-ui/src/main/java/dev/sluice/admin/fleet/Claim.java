package dev.sluice.admin.fleet;

import dev.sluice.backend.Session;

/**
 * What the fleet's figures need of a claimed session, without its item.
 *
 * @param id session id
 * @param health how it fares
 * @param accepted whether its worker gave a sign of it
 */
public record Claim(String id, SessionHealth health, boolean accepted) {

  static Claim of(Session session, long now) {
    return new Claim(session.id(), SessionHealth.of(session, now), session.acceptByMs() == 0);
  }
}
