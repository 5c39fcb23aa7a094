/**
 * Acts on selected work: a preview, the act on exactly what was previewed, a receipt. Nothing may
 * change before the preview was posted; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.selected;

import org.jspecify.annotations.NullMarked;
