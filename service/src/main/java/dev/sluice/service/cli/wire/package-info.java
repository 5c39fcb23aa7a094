/**
 * HTTP and JSON for the commands. Called by the packages beside it. All of it may change freely.
 */
@NullMarked
package dev.sluice.service.cli.wire;

import org.jspecify.annotations.NullMarked;
