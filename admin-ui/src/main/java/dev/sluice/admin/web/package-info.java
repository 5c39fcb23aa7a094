/** What pages and forms have in common: who asks, the frame around, errors, headers, lists. */
@NullMarked
package dev.sluice.admin.web;

import org.jspecify.annotations.NullMarked;
