/** Messages: sent, offered, acknowledged and archived. */
@NullMarked
package dev.sluice.backend.tck.messages;

import org.jspecify.annotations.NullMarked;
