package dev.sluice.backend;

import java.nio.file.Path;

/**
 * What a factory is given to build a backend.
 *
 * @param rules time-outs and limits
 * @param dataDirectory where an embedded store may keep files; may not exist yet
 * @param time whose time counts
 */
public record BackendEnvironment(Rules rules, Path dataDirectory, StoreTime time) {}
