/**
 * The common part of acts: forms, roles, answers and errors. Every act of the page packages
 * implements {@link dev.sluice.admin.acts.Act}. Change the inside freely; each act must change
 * nothing before it is posted.
 */
@NullMarked
package dev.sluice.admin.acts;

import org.jspecify.annotations.NullMarked;
