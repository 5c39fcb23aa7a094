/**
 * Wrong bodies, fields, paths and requests. Run by {@code EdgeContract}; a call with its own fields
 * needs a {@code BadInputCall} here.
 */
package dev.sluice.service.http.input;
