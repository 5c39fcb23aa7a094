package dev.sluice.service.transfer;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;

/** Projects and repositories of exports, which are {@link PackedNames}. */
final class PackedJson {

  private PackedJson() {}

  static JsonMapper.Builder in(JsonMapper.Builder builder) {
    return builder
        .addMixIn(Projects.class, OfProjects.class)
        .addMixIn(Registration.class, OfWorker.class)
        .addMixIn(SessionCopy.class, OfSession.class);
  }

  @JsonSerialize(converter = PackProjects.class)
  @JsonDeserialize(converter = UnpackProjects.class)
  private interface OfProjects {}

  @JsonSerialize(converter = PackWorker.class)
  @JsonDeserialize(converter = UnpackWorker.class)
  private interface OfWorker {}

  @JsonSerialize(converter = PackSession.class)
  @JsonDeserialize(converter = UnpackSession.class)
  private interface OfSession {}

  static final class PackProjects extends StdConverter<Projects, List<String>> {
    @Override
    public List<String> convert(Projects projects) {
      return PackedNames.pack(projects);
    }
  }

  static final class UnpackProjects extends StdConverter<List<String>, Projects> {
    @Override
    public Projects convert(List<String> packed) {
      return PackedNames.projects(packed);
    }
  }

  static final class PackWorker extends StdConverter<Registration, Registration> {
    @Override
    public Registration convert(Registration worker) {
      return PackedNames.pack(worker);
    }
  }

  static final class UnpackWorker extends StdConverter<Registration, Registration> {
    @Override
    public Registration convert(Registration packed) {
      return PackedNames.unpack(packed);
    }
  }

  static final class PackSession extends StdConverter<SessionCopy, SessionCopy> {
    @Override
    public SessionCopy convert(SessionCopy session) {
      return session.repository() == null
          ? session
          : session.with(
              packed ->
                  packed
                      .capabilities(
                          PackedNames.packSorted(session.capabilities(), session.repository()))
                      .repository(null));
    }
  }

  static final class UnpackSession extends StdConverter<SessionCopy, SessionCopy> {
    @Override
    public SessionCopy convert(SessionCopy packed) {
      String repository = PackedNames.repository(packed.capabilities());
      return repository == null
          ? packed
          : packed.with(
              session ->
                  session
                      .capabilities(PackedNames.capabilities(packed.capabilities()))
                      .repository(repository));
    }
  }
}
