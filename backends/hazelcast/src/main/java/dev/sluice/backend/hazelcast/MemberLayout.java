package dev.sluice.backend.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The release and newest layout of each member, as attributes that all members see, and the layout
 * that a member writes. It begins with the first one and learns the one in force from the registry
 * and from messages, so it never writes parts of a state at an older layout than it got them.
 */
final class MemberLayout {

  private static final String RELEASE = "sluice.release";
  private static final String LAYOUT = "sluice.layout";

  private MemberLayout() {}

  /** The format of a process, which all its instances use. */
  static WireFormat format(Layouts layouts) {
    return new WireFormat(layouts, Layouts.FIRST);
  }

  static void configure(Config config, WireFormat wire) {
    config
        .getMemberAttributeConfig()
        .setAttribute(RELEASE, NodeInfo.RELEASE)
        .setAttribute(LAYOUT, String.valueOf(wire.newest()));
    config.getUserContext().put(WireFormat.class.getName(), wire);
    OrgSerialization.register(config.getSerializationConfig(), wire);
  }

  /** An instance begins without data, and joins a cluster that may be behind the last one. */
  static void forget(Config config) {
    ((WireFormat) Objects.requireNonNull(config.getUserContext().get(WireFormat.class.getName())))
        .reset(Layouts.FIRST);
  }

  static WireFormat of(HazelcastInstance member) {
    return (WireFormat)
        Objects.requireNonNull(member.getUserContext().get(WireFormat.class.getName()));
  }

  /** Layout 0 for a build that doesn't say. */
  static List<NodeInfo> nodes(HazelcastInstance member, long nowMs) {
    return member.getCluster().getMembers().stream()
        .map(each -> node(each, nowMs))
        .sorted(Comparator.comparing(NodeInfo::name))
        .toList();
  }

  private static NodeInfo node(Member member, long nowMs) {
    String layout = member.getAttribute(LAYOUT);
    String release = member.getAttribute(RELEASE);
    return new NodeInfo(
        member.getAddress().getHost() + ":" + member.getAddress().getPort(),
        release == null ? "unknown" : release,
        layout == null ? 0 : Integer.parseInt(layout),
        nowMs);
  }
}
