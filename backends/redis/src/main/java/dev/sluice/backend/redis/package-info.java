/**
 * The backend that keeps everything in Redis (7.0 or later, or Valkey 7.2).
 *
 * <p>Every operation is one Lua script, run in one request. The scripts are under the same path in
 * the resources, and the heads of the files under {@code lib} describe the stored data. The Java
 * turns a call of the contract into arguments and a reply into values.
 *
 * <p>A change of the layout that old scripts can't read needs another version in {@code Schema},
 * since scripts of two versions run on one store during an upgrade; the Java may be changed freely.
 */
@NullMarked
package dev.sluice.backend.redis;

import org.jspecify.annotations.NullMarked;
