/** Acts on one queue, worker or key. */
@NullMarked
package dev.sluice.admin.acts.fleet;

import org.jspecify.annotations.NullMarked;
