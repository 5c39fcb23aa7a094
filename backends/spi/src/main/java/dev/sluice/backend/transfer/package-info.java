/**
 * An org's data outside a store: docs/transfer.md describes the format, whose lines are these
 * records as JSON. A component may be added where its absence means what earlier exports meant;
 * none is renamed or removed.
 */
@NullMarked
package dev.sluice.backend.transfer;

import org.jspecify.annotations.NullMarked;
