/**
 * The executable specification: {@code docs/rules.md} as the simplest code that does it. One lock,
 * plain lists that are walked from end to end, nothing kept that can be computed.
 *
 * <p>Start at {@link dev.sluice.backend.tck.model.ModelBackend}. One class a subject of the
 * contract ({@code Model...}), and one a section of the rules that several of them need: {@code
 * Issues}, {@code Claiming}, {@code ComingBack}, {@code Ending}, {@code Due} and so on. {@code
 * OrgState} holds the data.
 */
@NullMarked
package dev.sluice.backend.tck.model;

import org.jspecify.annotations.NullMarked;
