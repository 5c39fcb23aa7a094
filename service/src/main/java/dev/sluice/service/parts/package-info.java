/**
 * The parts of a running node, in the order in which {@code SluiceApplication} puts them together.
 * Each one makes what it is made of, and hands out what later parts need. Stops go in the opposite
 * order, so the order in which a part manages its members matters.
 */
@NullMarked
package dev.sluice.service.parts;

import org.jspecify.annotations.NullMarked;
