/**
 * The executable specification: {@code docs/rules.md} as the simplest code that does it. One lock,
 * plain lists that are walked from end to end, nothing kept that can be computed.
 *
 * <p>Start at {@link dev.sluice.backend.tck.model.ModelBackend}. One class a subject of the
 * contract; the steps that several of them take are in {@code OrgState}.
 */
@NullMarked
package dev.sluice.backend.tck.model;

import org.jspecify.annotations.NullMarked;
