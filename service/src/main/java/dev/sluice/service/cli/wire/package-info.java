/** HTTP and JSON for the commands. */
@NullMarked
package dev.sluice.service.cli.wire;

import org.jspecify.annotations.NullMarked;
