package dev.sluice.service.dispatch;

import java.util.Set;

/**
 * The properties of a poll that decide its possible work and jobs, apart from free slots.
 *
 * @param takes the worker's projects; empty means all
 * @param batch true if it may get jobs
 */
record Profile(Set<String> takes, Set<String> capabilities, boolean batch) {}
