package dev.sluice.backend.engine.state;

import java.util.List;

/** What an operation applied, in order, for the copies of the state. */
public record Delta(List<Change> changes) {}
