package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.Availability;

/**
 * Why a worker can't claim a session by name, protocol 4.1. In the order in which it is decided.
 */
public enum ClaimDenial {
  /** Another worker holds it. */
  CLAIMED("claimed by another worker"),
  /** It has ended, is being stopped, or was given up on. */
  ENDED("ended"),
  /** Its time has not come. */
  LATER("not before its time"),
  /** Another session of its issue goes first. */
  PARKED("behind another session of its issue"),
  /** The worker nacked it and the back-off isn't over. */
  NACKED("nacked by this worker"),
  /** The worker doesn't take its project. */
  PROJECT("worker does not take its project"),
  /** The worker lacks a required capability. */
  CAPABILITY("worker lacks a required capability"),
  /** Its project is paused, capped or over its budget. */
  CLOSED("its project is paused, capped or over its budget"),
  /** The worker is not available: {@link Availability}. */
  UNAVAILABLE("worker drains, is quarantined or has too many standing nacks"),
  /** The worker has no free slot. */
  FULL("worker has no free slot");

  private final String words;

  ClaimDenial(String words) {
    this.words = words;
  }

  /** The reason in words. */
  public String words() {
    return words;
  }
}
