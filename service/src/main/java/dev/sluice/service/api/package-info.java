/** The shapes on the wire: what bodies may hold and what answers look like. */
@NullMarked
package dev.sluice.service.api;

import org.jspecify.annotations.NullMarked;
