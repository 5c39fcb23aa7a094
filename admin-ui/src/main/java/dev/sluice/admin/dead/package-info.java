/**
 * The dead letter page and its acts on one of them. Words and grouping may change freely; causes
 * are those of the contract.
 */
@NullMarked
package dev.sluice.admin.dead;

import org.jspecify.annotations.NullMarked;
