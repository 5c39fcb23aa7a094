/** Acts on one session. */
@NullMarked
package dev.sluice.admin.acts.session;

import org.jspecify.annotations.NullMarked;
