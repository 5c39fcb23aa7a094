/** Acts on many sessions at once. */
@NullMarked
package dev.sluice.admin.acts.bulk;

import org.jspecify.annotations.NullMarked;
