/**
 * The common part of acts: forms, roles, answers and errors, and the buttons that lead to the acts
 * on a queue, a host, a worker and a session. Every act implements {@link
 * dev.sluice.admin.acts.Act} and changes nothing before it is posted; the rest may change freely.
 */
@NullMarked
package dev.sluice.admin.acts;

import org.jspecify.annotations.NullMarked;
