/**
 * Keys, and tokens that ended before they expired. {@link dev.sluice.backend.keys.Credentials} is
 * asked on every call with a credential. Records are stored: components are only appended; names
 * may change.
 */
@NullMarked
package dev.sluice.backend.keys;

import org.jspecify.annotations.NullMarked;
