/**
 * Wrong bodies, fields, paths and requests. {@code EdgeContract} runs the contracts. Everything may
 * change freely; a call with fields of its own needs a {@code BadInputCall} here.
 */
package dev.sluice.service.http.input;
