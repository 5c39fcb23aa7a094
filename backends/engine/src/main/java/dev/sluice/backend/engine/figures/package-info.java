/**
 * The figures of an org: docs/rules.md, "Figures". Records are stored: components are only
 * appended.
 */
@NullMarked
package dev.sluice.backend.engine.figures;

import org.jspecify.annotations.NullMarked;
