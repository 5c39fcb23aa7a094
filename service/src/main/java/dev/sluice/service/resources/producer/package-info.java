/** The calls of producers. Paths, members and statuses are part of the documented API. */
@NullMarked
package dev.sluice.service.resources.producer;

import org.jspecify.annotations.NullMarked;
