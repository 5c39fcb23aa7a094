/** HTTP and JSON for the tool. */
@NullMarked
package dev.sluice.bench.wire;

import org.jspecify.annotations.NullMarked;
