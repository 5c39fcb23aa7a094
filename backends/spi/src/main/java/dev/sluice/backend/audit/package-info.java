/** The audit trail: one line for each act of an operator. Stored: components are only appended. */
@NullMarked
package dev.sluice.backend.audit;

import org.jspecify.annotations.NullMarked;
