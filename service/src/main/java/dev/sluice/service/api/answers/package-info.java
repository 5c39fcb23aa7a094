/** The shapes of answers on the wire. */
@NullMarked
package dev.sluice.service.api.answers;

import org.jspecify.annotations.NullMarked;
