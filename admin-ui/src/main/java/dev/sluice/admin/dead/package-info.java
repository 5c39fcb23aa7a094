/**
 * The dead letter page and its acts on one dead letter. Called by browsers, through the acts'
 * addresses. Words and grouping of rows may change freely; causes are those of the contract.
 */
@NullMarked
package dev.sluice.admin.dead;

import org.jspecify.annotations.NullMarked;
