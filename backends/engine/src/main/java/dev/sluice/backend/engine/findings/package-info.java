/**
 * Findings: docs/rules.md, "Findings".
 *
 * <p>Records are stored, and operations sent between nodes of two versions: append components,
 * never reorder or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.findings;

import org.jspecify.annotations.NullMarked;
