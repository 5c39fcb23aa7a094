/**
 * The activity page and the rows and words of the audit log. The overview shows the same rows.
 * Words may be changed freely; verbs are those of the contract.
 */
@NullMarked
package dev.sluice.admin.activity;

import org.jspecify.annotations.NullMarked;
