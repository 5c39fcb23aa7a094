/**
 * Workers, and the poll that claims work. Some records are stored: components are only appended.
 */
@NullMarked
package dev.sluice.backend.workers;

import org.jspecify.annotations.NullMarked;
