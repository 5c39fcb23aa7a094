/** The calls of producers and operators. */
@NullMarked
package dev.sluice.service.resources.fleet;

import org.jspecify.annotations.NullMarked;
