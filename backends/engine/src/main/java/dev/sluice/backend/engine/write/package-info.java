/**
 * Operations that change the state of an org, by {@code docs/rules.md}. Stores run them by {@link
 * dev.sluice.backend.engine.write.WriteStep}, which is all that they see of the world. Sent between
 * nodes of two versions: append components, never reorder or remove them.
 */
@NullMarked
package dev.sluice.backend.engine.write;

import org.jspecify.annotations.NullMarked;
