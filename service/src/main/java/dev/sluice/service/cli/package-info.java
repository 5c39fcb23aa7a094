/** Commands of the executable jar beside serving. */
@NullMarked
package dev.sluice.service.cli;

import org.jspecify.annotations.NullMarked;
