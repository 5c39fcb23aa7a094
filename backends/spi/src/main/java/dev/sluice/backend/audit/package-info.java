/**
 * The audit trail: one line for each act of an operator. Lines are stored: components are only
 * appended. The words of {@link dev.sluice.backend.audit.AuditAct} are the same on every backend.
 */
@NullMarked
package dev.sluice.backend.audit;

import org.jspecify.annotations.NullMarked;
