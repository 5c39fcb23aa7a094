/**
 * Acts on many waiting items or dead letters, in bounded steps. Used from queue pages and the dead
 * letter page. The order of counting before acting must stay; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.bulk;

import org.jspecify.annotations.NullMarked;
