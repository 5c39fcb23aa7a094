/**
 * What the executable jar can do beside serving: {@code bench}, a load tool for any server of the
 * worker protocol.
 *
 * <p>It speaks HTTP and nothing else, so that it measures what clients get and never what a store
 * could give. Start at {@link dev.sluice.service.cli.BenchCommand}; {@link
 * dev.sluice.service.cli.Bench} is one measurement from warm-up to report.
 */
@NullMarked
package dev.sluice.service.cli;

import org.jspecify.annotations.NullMarked;
