/**
 * Acts on many waiting items or dead letters, in bounded steps. Counting must stay before acting;
 * the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.bulk;

import org.jspecify.annotations.NullMarked;
