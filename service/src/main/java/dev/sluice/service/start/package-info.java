/** The start of a process, before and after its settings are read. */
@NullMarked
package dev.sluice.service.start;

import org.jspecify.annotations.NullMarked;
