package dev.sluice.backend.sessions;

import dev.sluice.backend.workers.Availability;

/** The reason why a worker can't claim a session by name, in the order of decision. */
public enum ClaimDenial {
  CLAIMED("claimed by another worker"),
  /** Ended, being stopped, or dead. */
  ENDED("ended"),
  LATER("not before its time"),
  PARKED("behind another session of its issue"),
  NACKED("nacked by this worker"),
  PROJECT("worker does not take its project"),
  CAPABILITY("worker lacks a required capability"),
  CLOSED("its project is paused, capped or over its budget"),
  /** See {@link Availability}. */
  UNAVAILABLE("worker drains, is quarantined or has too many standing nacks"),
  FULL("worker has no free slot"),
  /** Decided after {@link #CAPABILITY}. */
  REPOSITORY("worker does not list its repository");

  private final String words;

  ClaimDenial(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
