/** Figures of projects, models and hosts. */
@NullMarked
package dev.sluice.backend.tck.figures;

import org.jspecify.annotations.NullMarked;
