package dev.sluice.service.dispatch;

import dev.sluice.backend.Registration;
import java.util.Set;

/**
 * What of a poll decides which work and jobs it may bring, beside its worker's free slots: polls of
 * one profile find the same.
 *
 * @param projects what its worker takes; empty: all
 * @param batch whether it may be offered jobs
 */
record Profile(Set<String> projects, Set<String> capabilities, boolean batch) {

  static Profile of(Registration registration, boolean batch) {
    return new Profile(
        Set.copyOf(registration.projects()), Set.copyOf(registration.capabilities()), batch);
  }
}
