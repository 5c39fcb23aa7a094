package dev.sluice.backend.redis.connection;

import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * @param poolSize for one server
 * @param timeoutMs of connecting, and of the wait for a connection; an answer has half as much more
 */
public record ConnectionSettings(int poolSize, int timeoutMs) {

  public JedisClientConfig client(RedisAddress address) {
    return client(address, RedisCalls.answerMs(timeoutMs));
  }

  public JedisClientConfig client(RedisAddress address, int answerMs) {
    return base()
        .socketTimeoutMillis(answerMs)
        .database(address.database())
        .ssl(address.tls())
        .user(address.user())
        .password(address.password())
        .build();
  }

  public JedisClientConfig sentinelClient(SentinelSettings sentinel) {
    return base().user(sentinel.user()).password(sentinel.password()).build();
  }

  private DefaultJedisClientConfig.Builder base() {
    return DefaultJedisClientConfig.builder()
        .resp2()
        .autoNegotiateProtocol(false)
        .connectionTimeoutMillis(timeoutMs)
        .socketTimeoutMillis(timeoutMs)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
  }

  public ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(poolSize);
    pool.setMaxIdle(poolSize);
    pool.setMinIdle(0);
    pool.setMaxWait(Duration.ofMillis(timeoutMs));
    // Idle connections are closed before the server, or something on the way, closes them.
    pool.setTestWhileIdle(false);
    pool.setMinEvictableIdleDuration(Duration.ofSeconds(60));
    pool.setTimeBetweenEvictionRuns(Duration.ofSeconds(30));
    pool.setNumTestsPerEvictionRun(-1);
    pool.setJmxEnabled(false);
    return pool;
  }
}
