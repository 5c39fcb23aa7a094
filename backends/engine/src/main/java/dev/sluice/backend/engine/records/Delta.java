package dev.sluice.backend.engine.records;

import java.util.List;

/** Changes in order, for copies of the state. */
public record Delta(List<Change> changes) {}
