/**
 * The engine on maps of one process: nothing survives its end. It is the reference for other stores
 * and the backend for demos and tests of clients ({@code backend.type: memory}). All may be changed
 * freely.
 */
@NullMarked
package dev.sluice.backend.engine.memory;

import org.jspecify.annotations.NullMarked;
