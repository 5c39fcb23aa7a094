/**
 * A load tool for any server of the worker protocol, over HTTP only. Started by BenchCommand; Bench
 * is one measurement from warm-up to report. Options, figures and JSON keys are read by scripts;
 * the rest may change freely.
 */
@NullMarked
package dev.sluice.service.cli.bench;

import org.jspecify.annotations.NullMarked;
