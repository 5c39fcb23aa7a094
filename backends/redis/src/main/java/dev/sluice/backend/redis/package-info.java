/**
 * The backend that keeps everything in Redis (6.2 or later, or Valkey).
 *
 * <p>Every operation is one Lua script, run in one request; the scripts stand under the same path
 * in the resources, one file an operation, with the layout of the stored data in the heads of the
 * files under {@code lib}. All keys of an org start with <code>{org}:</code>, and those that belong
 * to no org with <code>{sluice}:</code>, so an org always sits on one node of a cluster.
 *
 * <p>The path of a call: {@link dev.sluice.backend.redis.RedisWorkers} and its siblings turn a
 * contract call into arguments and a reply into values; {@link
 * dev.sluice.backend.redis.ScriptRunner} runs the script; {@link
 * dev.sluice.backend.redis.connection.RedisCalls} has the connections, their time-outs and the
 * breaker.
 *
 * <p>The layout is stored: a change of it that old scripts can't read needs another version in
 * {@code Schema}. During an upgrade scripts of two versions run on one store. Java code here may be
 * changed freely.
 */
@NullMarked
package dev.sluice.backend.redis;

import org.jspecify.annotations.NullMarked;
