/**
 * The figures of {@code bench}, with their names in the report and in JSON. Filled by the modes,
 * printed by the report. The names in JSON are kept; figures may be added.
 */
@NullMarked
package dev.sluice.bench.figures;

import org.jspecify.annotations.NullMarked;
