package dev.sluice.backend.engine.records;

import java.util.List;

/** What an operation applied, in order, for the copies of the state. */
public record Delta(List<Change> changes) {}
