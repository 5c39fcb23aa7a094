/** Views of sessions. */
@NullMarked
package dev.sluice.admin.view.session;

import org.jspecify.annotations.NullMarked;
