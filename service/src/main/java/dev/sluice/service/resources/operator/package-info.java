/** The calls of operators. Paths, members and statuses are part of the documented API. */
@NullMarked
package dev.sluice.service.resources.operator;

import org.jspecify.annotations.NullMarked;
