/**
 * Runs the Lua scripts: puts their texts together, sends them, and tells answers from refusals and
 * failures.
 *
 * <p>The parts of the backend call {@link dev.sluice.backend.redis.script.ScriptRunner}. All here
 * may be changed freely, but for the names of keys and the version of the layout, which are stored.
 */
@NullMarked
package dev.sluice.backend.redis.script;

import org.jspecify.annotations.NullMarked;
