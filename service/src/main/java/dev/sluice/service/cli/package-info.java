/**
 * The commands beside server and check. Options, output and exit codes are read by scripts; the
 * rest may change freely.
 */
@NullMarked
package dev.sluice.service.cli;

import org.jspecify.annotations.NullMarked;
