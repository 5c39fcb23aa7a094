/**
 * The activity page, and the audit rows that the overview shows too. Words may change freely; verbs
 * are those of the contract.
 */
@NullMarked
package dev.sluice.admin.activity;

import org.jspecify.annotations.NullMarked;
