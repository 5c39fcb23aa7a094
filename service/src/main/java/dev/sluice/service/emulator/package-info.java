/**
 * The emulator for tests of clients: a clock that a test moves, and faults that it asks for.
 *
 * <p>Only {@code EmulatorApplication} uses this package. A server that is started in another way
 * has none of its calls.
 */
@NullMarked
package dev.sluice.service.emulator;

import org.jspecify.annotations.NullMarked;
