/** The commands beside server and check. Options, output and exit codes are read by scripts. */
@NullMarked
package dev.sluice.service.cli;

import org.jspecify.annotations.NullMarked;
