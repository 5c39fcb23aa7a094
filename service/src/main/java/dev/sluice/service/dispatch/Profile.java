package dev.sluice.service.dispatch;

import java.util.Set;

/**
 * The properties of a poll that decide its possible work and jobs, apart from free slots; empty
 * {@code takes} means all projects.
 */
record Profile(Set<String> takes, Set<String> capabilities, boolean batch) {}
