package dev.sluice.service.dispatch;

import java.util.Set;

/**
 * What of a poll decides which work and jobs it may bring, beside its worker's free slots: polls of
 * one profile find the same.
 *
 * @param takes whose work its worker takes; empty: all
 * @param batch whether it may be offered jobs
 */
record Profile(Set<String> takes, Set<String> capabilities, boolean batch) {}
