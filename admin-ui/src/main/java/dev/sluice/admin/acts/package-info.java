/**
 * Acts of operators on pages: each has one address, where its form is got and posted. A form says
 * what will happen and how the API does the same; a post ends in a redirect with a notice. One
 * resource, {@code ActResource}, serves all of them.
 */
@NullMarked
package dev.sluice.admin.acts;

import org.jspecify.annotations.NullMarked;
