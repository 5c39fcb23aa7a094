/**
 * Many small entries in few large arrays: they take less room, and the garbage collector has no
 * objects to copy and to mark. All may be changed freely; nothing here is stored.
 */
@NullMarked
package dev.sluice.backend.engine.packed;

import org.jspecify.annotations.NullMarked;
