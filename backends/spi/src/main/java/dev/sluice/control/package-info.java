/**
 * Operations that take more than one call of the contract, shared by the HTTP API and the
 * dashboard: acts on many sessions, stops of many, keys. All else they call directly.
 */
@NullMarked
package dev.sluice.control;

import org.jspecify.annotations.NullMarked;
