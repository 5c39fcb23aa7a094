/**
 * The engine on maps of one process: nothing survives its end. The reference that other stores are
 * compared with, a store for demos and tests of clients ({@code backend.type: memory}), and the
 * example of a third one, see {@code CONTRIBUTING.md}.
 */
@NullMarked
package dev.sluice.backend.engine.memory;

import org.jspecify.annotations.NullMarked;
