/** The nodes on a store, and the layout of its data. */
@NullMarked
package dev.sluice.backend.nodes;

import org.jspecify.annotations.NullMarked;
