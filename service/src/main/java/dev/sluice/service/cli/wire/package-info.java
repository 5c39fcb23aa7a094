/** HTTP as the commands speak it. */
@NullMarked
package dev.sluice.service.cli.wire;

import org.jspecify.annotations.NullMarked;
