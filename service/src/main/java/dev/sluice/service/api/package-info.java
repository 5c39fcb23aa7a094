/** The shapes of request bodies on the wire. */
@NullMarked
package dev.sluice.service.api;

import org.jspecify.annotations.NullMarked;
