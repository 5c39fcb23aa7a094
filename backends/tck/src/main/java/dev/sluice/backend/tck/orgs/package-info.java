/** Rules for an org as a whole. */
@NullMarked
package dev.sluice.backend.tck.orgs;

import org.jspecify.annotations.NullMarked;
