/**
 * The operations on findings: docs/rules.md, "Findings".
 *
 * <p>They are sent between nodes of two versions: append components, never reorder or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.findings;

import org.jspecify.annotations.NullMarked;
