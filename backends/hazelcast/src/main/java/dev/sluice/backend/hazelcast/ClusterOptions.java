package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.hazelcast.epoch.Seats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code backend.hazelcast.cluster}: {@code docs/hazelcast.md}, "Settings". */
public record ClusterOptions(
    @JsonProperty(required = true)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> members,
    @Nullable Integer port,
    @Nullable String address,
    @Nullable String name,
    @Nullable String secret,
    @Nullable Integer votePortOffset) {

  /** Distance from a member's port to its listener for votes. */
  static final int VOTE_PORT_OFFSET = 100;

  static final int DEFAULT_PORT = 5701;

  /** All copies of all members would cost more than they are worth. */
  private static final int MOST = 7;

  private static final int MIN_SECRET = 32;
  private static final int MIN_DIFFERENT = 8;

  private static final String KEY = "backend.hazelcast.cluster.";

  public ClusterOptions {
    members = members == null ? List.of() : List.copyOf(members);
  }

  public ClusterOptions(
      List<String> members,
      @Nullable Integer port,
      @Nullable String address,
      @Nullable String name,
      @Nullable String secret) {
    this(members, port, address, name, secret, null);
  }

  record Member(String host, int port) {

    static Member parse(String text) {
      if (!text.matches("[^\\s:]+(:\\d{1,5})?")) {
        throw new IllegalArgumentException(
            KEY + "members must hold host or host:port, not " + text);
      }
      int colon = text.indexOf(':');
      return colon < 0
          ? new Member(text, DEFAULT_PORT)
          : new Member(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * True for a member without others. It listens on loopback, so no list of one may give another
   * address: each of several nodes that name only themselves would have a queue of its own.
   */
  boolean alone() {
    if (members.size() != 1) {
      return false;
    }
    if (!isLoopback(Member.parse(members.get(0)).host)) {
      throw new IllegalArgumentException(
          KEY
              + "members names "
              + members.get(0)
              + " alone: name the other members too, or write 127.0.0.1 for one member alone");
    }
    return true;
  }

  List<Member> all() {
    if (members.size() < 2) {
      throw new IllegalArgumentException(
          KEY + "members must name the members, or 127.0.0.1 for one alone");
    }
    List<Member> all = members.stream().map(Member::parse).toList();
    if (all.stream().distinct().count() < all.size()) {
      throw new IllegalArgumentException(KEY + "members names a member twice");
    }
    return all;
  }

  Member self() {
    if (address != null && port != null) {
      return new Member(address, port);
    }
    List<Member> own =
        all().stream()
            .filter(member -> port == null || member.port == port)
            .filter(member -> address == null ? isHere(member.host) : member.host.equals(address))
            .toList();
    if (own.size() != 1) {
      throw new IllegalArgumentException(
          KEY
              + "members names "
              + (own.isEmpty() ? "no address" : "several addresses")
              + " of this machine: say which one is its own with "
              + KEY
              + "address and "
              + KEY
              + "port");
    }
    return own.get(0);
  }

  /** Index of this member in the list. */
  int seat() {
    Member self = self();
    List<Member> all = all();
    for (int seat = 0; seat < all.size(); seat++) {
      Member each = all.get(seat);
      if (each.port == self.port && same(each.host, self.host)) {
        return seat;
      }
    }
    throw new IllegalArgumentException(KEY + "members does not name " + self + ", this member");
  }

  private static boolean same(String host, String other) {
    try {
      return host.equals(other) || InetAddress.getByName(host).equals(InetAddress.getByName(other));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  Seats seats() {
    int offset = votePortOffset == null ? VOTE_PORT_OFFSET : votePortOffset;
    List<Member> all = all();
    if (all.size() > MOST) {
      throw new IllegalArgumentException(KEY + "members must name at most " + MOST + " members");
    }
    int seat = seat();
    List<InetSocketAddress> listeners = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      int port = all.get(i).port + offset;
      if (offset == 0 || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            KEY + "votePortOffset must give another port of each member, not " + port);
      }
      String host = i == seat ? self().host : all.get(i).host;
      listeners.add(InetSocketAddress.createUnresolved(host, port));
    }
    return new Seats(all.stream().map(Member::toString).toList(), listeners, seat, quorum());
  }

  /** The secret, empty on one machine. */
  String key() {
    return secret == null ? "" : secret.strip();
  }

  /**
   * The name members show each other; it includes a hash of the secret.
   *
   * @throws IllegalArgumentException if the secret is weak, or missing where others may connect
   */
  String clusterName() {
    String shown = name == null || name.isBlank() ? "sluice" : name;
    if (secret == null || secret.isBlank()) {
      if (all().stream().allMatch(member -> isLoopback(member.host)) && isLoopback(self().host)) {
        return shown;
      }
      throw new IllegalArgumentException(
          KEY
              + "secret is missing: whoever reaches the members' ports could join them; set the"
              + " same one on every node, made for example with openssl rand -hex 32");
    }
    if (secret.length() < MIN_SECRET || secret.chars().distinct().count() < MIN_DIFFERENT) {
      throw new IllegalArgumentException(
          KEY
              + "secret must have at least "
              + MIN_SECRET
              + " characters, "
              + MIN_DIFFERENT
              + " of them different");
    }
    return shown + "-" + sha256(secret.strip());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "ClusterOptions[members=" + members + ", name=" + name + "]";
  }

  /**
   * Members that must see each other: a majority, so that one part of a split cluster serves. Of
   * two members the one with the vote goes on alone.
   */
  int quorum() {
    int all = members.size();
    return all < 3 ? 1 : all / 2 + 1;
  }

  private static boolean isHere(String host) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(host)) != null;
    } catch (UnknownHostException | SocketException e) {
      return false; // another machine's, maybe not up yet
    }
  }
}
