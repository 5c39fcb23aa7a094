/**
 * What operators do on pages: each act has one address, where its form is got and posted. A form
 * says what will happen and how the API does the same; a post ends in a redirect with a notice.
 */
@NullMarked
package dev.sluice.admin.acts;

import org.jspecify.annotations.NullMarked;
