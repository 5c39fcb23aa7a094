/**
 * Exports and imports of an org: docs/transfer.md has the format, which files of years depend on.
 * Format and checksum stay; all else may change freely.
 */
@NullMarked
package dev.sluice.service.transfer;

import org.jspecify.annotations.NullMarked;
