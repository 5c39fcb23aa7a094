/**
 * The figures of an org as its state has them: docs/rules.md, "Figures". Nothing here is stored:
 * all may be changed freely.
 */
@NullMarked
package dev.sluice.backend.engine.figures;

import org.jspecify.annotations.NullMarked;
