/**
 * Operations that take several calls of the contract. The HTTP API and the dashboard call them, and
 * use the contract directly for all else. All may be changed freely.
 */
@NullMarked
package dev.sluice.control;

import org.jspecify.annotations.NullMarked;
