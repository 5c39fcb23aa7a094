package dev.sluice.backend.engine.records;

import java.util.List;

/**
 * What a worker has.
 *
 * @param repositories that it lists; empty means all
 */
public record Abilities(List<String> capabilities, List<String> repositories) {}
