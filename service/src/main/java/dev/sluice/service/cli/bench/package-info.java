/**
 * A load tool for any server of the worker protocol. It speaks HTTP and nothing else, so that it
 * measures the service that clients get. Start at {@link
 * dev.sluice.service.cli.bench.BenchCommand}; {@link dev.sluice.service.cli.bench.Bench} is one
 * measurement from warm-up to report.
 */
@NullMarked
package dev.sluice.service.cli.bench;

import org.jspecify.annotations.NullMarked;
