/** The keys page and its acts. A secret must be shown once and never be logged or kept. */
@NullMarked
package dev.sluice.admin.keys;

import org.jspecify.annotations.NullMarked;
