/**
 * The audit trail: one line for each act of an operator.
 *
 * <p>{@code dev.sluice.control} and the service write and read it. Stored, so components are only
 * added at the end.
 */
@NullMarked
package dev.sluice.backend.audit;

import org.jspecify.annotations.NullMarked;
