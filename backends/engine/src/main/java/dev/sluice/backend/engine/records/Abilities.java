package dev.sluice.backend.engine.records;

import java.util.List;

/**
 * The capabilities of a worker, and the repositories that it lists.
 *
 * @param repositories empty means all
 */
public record Abilities(List<String> capabilities, List<String> repositories) {}
