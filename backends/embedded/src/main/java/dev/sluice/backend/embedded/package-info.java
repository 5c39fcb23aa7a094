/**
 * The stores of one process: the engine in its memory, with a journal ({@code embedded}) or without
 * one ({@code memory}). See {@code docs/embedded.md}.
 */
@NullMarked
package dev.sluice.backend.embedded;

import org.jspecify.annotations.NullMarked;
