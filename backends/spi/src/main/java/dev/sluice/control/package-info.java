/** The operations that the HTTP API and the dashboard share. */
@NullMarked
package dev.sluice.control;

import org.jspecify.annotations.NullMarked;
