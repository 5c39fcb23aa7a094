package dev.sluice.backend;

import java.util.List;
import java.util.Set;

/**
 * An opaque credential. The secret itself is never stored.
 *
 * @param id names it in audit lines and on the workers registered with it
 * @param org whose it is
 * @param type what kind of caller holds it
 * @param name for people
 * @param scopes what it allows
 * @param projects what its workers may register for; empty means all
 */
public record Key(
    String id, String org, Type type, String name, Set<Scope> scopes, List<String> projects) {

  /** The two kinds of key that share a prefix, protocol 2.1. */
  public enum Type {
    /** Registers workers and acts for those it registered. */
    WORKER_REGISTRATION,
    /** A person or a producer. */
    USER
  }

  public Key {
    scopes = Set.copyOf(scopes);
    projects = List.copyOf(projects);
  }
}
